"""What search engines may show of an institution: a value for robots, from its choice. Pure."""

DEFAULT = "noindex-pseudonymised"


def robots(institution, pseudonymised: bool) -> str:
    """``noindex`` or nothing; by default a page on which names are masked stays out of search engines.

    Who knows the case can recognise somebody by what surrounds a pseudonym; a search engine would bring
    the page up for the place or the subject for years.
    """
    choice = getattr(institution, "indexing", None) or DEFAULT
    if choice == "noindex" or (choice == DEFAULT and pseudonymised):
        return "noindex"
    return ""
