"""The portal's home page in the place of the site's own, which is put back when the portal is uninstalled."""

from zope.annotation.interfaces import IAnnotations


VIEW = "deliberations"
KEY = "collective.deliberation.home-before"


def chosen(site) -> tuple[str, str]:
    """The view and the page that a site was told to begin with; empty where it wasn't."""
    return site.getProperty("layout", ""), site.getProperty("default_page", "")


def take_place(site) -> None:
    """Once: whoever chooses another home page later keeps it, also when the profile is imported again."""
    annotations = IAnnotations(site)
    if KEY not in annotations:
        annotations[KEY] = chosen(site)
        site.setLayout(VIEW)


def put_back(site) -> None:
    layout, page = IAnnotations(site).pop(KEY, ("", ""))
    if chosen(site) != (VIEW, ""):
        return
    site.manage_delProperties(["layout"])
    if layout:
        site.setLayout(layout)
    if page:
        site.setDefaultPage(page)
