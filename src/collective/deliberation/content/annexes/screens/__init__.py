"""Screens of one annex: review of its finds, redaction, its pages as pictures, its public copy."""
