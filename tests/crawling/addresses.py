"""Known addresses of a site: those that the product registers, those that Plone answers by itself, those in force.

The product's are read from its ZCML, so that later ones are covered; those in force are asked from the component
architecture, so that those of every other package are.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from plone.browserlayer.utils import registered_layers
from plone.rest.interfaces import IAPIRequest
from plone.rest.negotiation import lookup_service_id
from urllib.parse import quote
from zope.component import getSiteManager
from zope.interface import alsoProvides
from zope.interface import implementer
from zope.interface import Interface
from zope.interface import providedBy
from zope.publisher.interfaces.browser import IDefaultBrowserLayer


SOURCE = Path(__file__).parents[2] / "src" / "collective" / "deliberation"
# Below every object; the site included.
EVERYWHERE = """
/@@view /edit /@@edit /@@download /@@images /@@ok /@@search /search_rss /RSS /rss.xml /atom.xml /feed
/@@folder_contents /folder_listing /@@listing_view /summary_view /full_view /tabular_view /@@sharing
/content_status_history /@@historyview /@history /@history/0 /@@plone_context_state/object_title
/@breadcrumbs /@navigation?expand.navigation.depth=5 /@contextnavigation /@navroot /@actions /@types /@workflow /@comments
/@aliases /@translations /@sharing /@lock /@upgrade /@linkintegrity /@relations /@rules /@portlets /@inherit
/@querystring-search /@checklist /@search?fullobjects=1 /@search?metadata_fields=_all
/@search?SearchableText=demande&metadata_fields=_all /@@ajax-search?SearchableText=demande
/@@getVocabulary?name=plone.app.vocabularies.Catalog /@vocabularies/plone.app.vocabularies.Catalog
/@vocabularies/collective.deliberation.categories /@vocabularies/collective.deliberation.representatives
/@@updated_search?SearchableText=demande /@@search?SearchableText=demande /sitemap /sitemap.xml.gz /manifest
/title /Title /Description /description /motivation /register /document /history /_history /Creator /listCreators
/getId /SearchableText /objectIds /objectValues /contentItems /folderlistingFolderContents /getText /raw /votes
/@@iconresolver /@@has_object_info /@@plone_layout /@@main_template /external_edit /manage_main /manage_workspace
/manage_UndoForm /manage_FTPget /document_src /PrincipiaSearchSource /@@getFile /@@tinymce-getinfo /@@fc-contextInfo
/@@fc-contents /@@getSource /@@plone.browserlayer /@@versions_history_form /@@history /@system /@database /@site
/@contextual /@userschema /@users /@groups /@controlpanels /@addons /@email-notification /nosuch
""".split()
SITE = """
/robots.txt /sitemap.xml.gz /resolveuid /favicon.ico /site.webmanifest /@@site-logo /contact-info
/accessibility-info /login /@@desk /portal_catalog /portal_catalog/searchResults /portal_catalog/manage_main
/error_log /error_log/getLogEntries /portal_transforms /acl_users /author/agent /@@usergroup-userprefs
""".split()
_REGISTERED = re.compile(
    r"<(?P<kind>browser:page|plone:service|browser:view|plone:static)\b(?P<rest>[^>]*)>", re.S
)
_NAME = re.compile(r'\bname="([^"]+)"')


def registered_names() -> list[str]:
    """``/@@…`` and ``/@…`` of every view and service of the product, in the order of their files."""
    found = []
    for file in sorted(SOURCE.rglob("*.zcml")):
        for page in _REGISTERED.finditer(file.read_text("utf-8")):
            name = _NAME.search(page["rest"])
            if name and page["kind"] != "plone:static":
                found.append("/" + name[1] if name[1].startswith("@") else f"/@@{name[1]}")
    return list(dict.fromkeys(found))


@implementer(IAPIRequest, IDefaultBrowserLayer)
class _Request:
    """Whatever a request to the site in force provides."""


def names_in_force(context) -> Iterator[str]:
    """``/@@…`` of every view and ``/@…`` of every service to read that the current site has for an object."""
    request, service = _Request(), lookup_service_id("GET", "application/json")
    alsoProvides(request, *registered_layers())
    wanted = (providedBy(context), providedBy(request))
    for name, _factory in getSiteManager().adapters.lookupAll(wanted, Interface):
        if name.startswith(service):
            yield "/" + quote(name.removeprefix(service))
        elif name and "_application_json_" not in name:
            yield "/@@" + quote(name)
