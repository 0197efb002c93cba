"""From a subscription to its message, with what is public at this moment."""

from Acquisition import aq_parent
from collective.deliberation import _
from collective.deliberation.content.vocabularies import institution_of
from collective.deliberation.opendata.alerts import messages
from collective.deliberation.opendata.alerts import tokens
from collective.deliberation.opendata.alerts import words
from collective.deliberation.opendata.alerts.records import Subscription
from collective.deliberation.opendata.alerts.settings import Settings
from collective.deliberation.portal.content import PublishedItem
from collective.deliberation.portal.pages import french
from collective.deliberation.portal.pages import presented
from collective.deliberation.portal.pages import rendering
from collective.deliberation.portal.pages.meeting import meeting_title
from datetime import datetime
from email.message import EmailMessage
from plone import api


CONFIRM = "confirmer"  # purposes of tokens, and parts of addresses
STOP = "arreter"
STAGES = {
    "draft": _("portal_tag_draft", default="Draft decision"),
    "decision": _("portal_tag_decision", default="Decision"),
}


def sender(site, settings: Settings) -> messages.Sender | None:
    """Who sends, as Plone's mail settings say; ``None`` when they don't."""
    address = api.portal.get_registry_record("plone.email_from_address", default=None)
    host = api.portal.get_registry_record("plone.smtp_host", default=None)
    if not address or not host:
        return None
    return messages.Sender(site.Title() or "Portail", address, settings.url)


def confirmation(
    site, settings: Settings, found: Subscription, who: messages.Sender, now: datetime
) -> EmailMessage:
    token = tokens.sign(settings.key, CONFIRM, found.id)
    url = f"{settings.url}/alertes/{CONFIRM}/{token}"
    return messages.confirmation(who, found.address, words.of_text(site, found.question), url, now)


def digest(
    site, settings: Settings, found: Subscription, who: messages.Sender, now: datetime
) -> EmailMessage | None:
    """The message about what is under way; ``None`` when all of it was withdrawn meanwhile."""
    news = [each for path in found.taken if (each := _news(site, settings, path)) is not None]
    if not news:
        return None
    token = tokens.sign(settings.key, STOP, found.id)
    confirmed = datetime.fromtimestamp(found.confirmed, french.BRUSSELS)
    question = f"{found.question}&tri=date".lstrip("&")
    alert = messages.Alert(
        address=found.address,
        words=words.of_text(site, found.question),
        since=french.day(confirmed),
        stop_url=f"{settings.url}/alertes/{STOP}/{token}",
        list_url=f"{settings.url}/@@deliberations-search?{question}",
    )
    return messages.digest(who, alert, news, found.more, found.interrupted, now)


def _news(site, settings: Settings, path: str) -> messages.News | None:
    item = site.unrestrictedTraverse(path, None)
    if not isinstance(item, PublishedItem) or item.withdrawn_by() is not None:
        return None
    institution = institution_of(item)
    record = item.publication.record
    meeting = aq_parent(item).publication.record
    title = presented.plain(record.title, presented.policy(institution))
    return messages.News(
        title=" ".join(title.split()),
        stage=rendering.french(STAGES[record.stage]),
        where=f"{institution.Title()}, {meeting_title(meeting)}",
        url=f"{settings.url}/{path}",
    )
