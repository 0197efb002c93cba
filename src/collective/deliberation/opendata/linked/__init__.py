"""Linked data: what a page is about, for search engines and legal databases, as JSON-LD within the page."""
