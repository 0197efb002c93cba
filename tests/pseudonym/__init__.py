"""Tests of the pure core of pseudonymisation."""
