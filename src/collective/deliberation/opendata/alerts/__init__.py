"""Mail alerts: who asked, and confirmed, is told of what is published on a search, an institution, a body.

An address is kept here and nowhere else: outside contents, catalog and logs, until its owner takes it back.
"""
