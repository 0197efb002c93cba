"""Valbourg, an invented commune, with invented people: values, no code."""
