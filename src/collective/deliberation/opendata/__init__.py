"""What is public, for machines: JSON over the REST API, feeds, calendars, files, maps, linked data; and mail alerts.

Everything here says what the pages of ``portal.pages`` say, in the same words: neutralised texts, presented
as the institution chose. What is withdrawn answers 410, or is left out.
"""
