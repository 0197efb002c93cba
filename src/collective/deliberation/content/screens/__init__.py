"""Screens of desk content: personal data, public preview, order of the agenda, the form for a meeting."""
