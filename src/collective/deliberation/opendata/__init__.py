"""What is public, for machines: JSON over the REST API, Atom feeds, calendars, a map of the site.

Everything here says what the pages of ``portal.pages`` say, in the same words: neutralised texts, presented
as the institution chose. What is withdrawn answers 410, or is left out.
"""
