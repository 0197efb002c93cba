"""The templates as content of the desk, where an administrator can replace their file."""

from collective.deliberation.documents.template import extract_odt
from collective.deliberation.documents.template import MIMETYPE
from collective.documentgenerator.utils import compute_md5
from plone import api
from plone.dexterity.utils import createContentInContainer
from plone.namedfile.file import NamedBlobFile


FOLDER = "podtemplates"  # documentgenerator's own name for it
TEMPLATES = {"extract-public": "public", "extract-internal": "internal"}
_TITLES = {
    "extract-public": "Extrait du registre aux délibérations (version publique)",
    "extract-internal": "Extrait du registre aux délibérations (version interne)",
}


def template_for(version: str):
    """The template object of a version, or None. Found whoever asks: what it makes is guarded."""
    folder = api.portal.get().get(FOLDER)
    for id, made in TEMPLATES.items():
        if made == version and folder is not None and id in folder:
            return folder[id]
    return None


def import_step(context):
    """GenericSetup: with the desk's profile, the templates that aren't there yet."""
    if context.readDataFile("collective.deliberation.documents.txt") is not None:
        add_templates(context.getSite())


def add_templates(site) -> None:
    if FOLDER not in site:
        folder = createContentInContainer(
            site, "Folder", checkConstraints=False, id=FOLDER, title="Modèles de documents"
        )
        folder.exclude_from_nav = True
        folder.reindexObject()
    folder = site[FOLDER]
    for id, title in _TITLES.items():
        if id not in folder:
            odt = extract_odt()
            template = createContentInContainer(
                folder,
                "ConfigurablePODTemplate",
                checkConstraints=False,
                id=id,
                title=title,
                odt_file=NamedBlobFile(odt, contentType=MIMETYPE, filename=f"{id}.odt"),
                pod_formats=["odt", "pdf"],
                pod_portal_types=["Item"],
                merge_templates=[],
                enabled=True,
            )
            template.initial_md5 = template.style_modification_md5 = compute_md5(odt)


def remove_templates(site) -> None:
    """For the uninstall profile: the templates, and their folder when nothing else is in it."""
    folder = site.get(FOLDER)
    if folder is None:
        return
    for id in TEMPLATES:
        if id in folder:
            api.content.delete(folder[id])
    if not folder.objectIds():
        api.content.delete(folder)
