"""One notice for each cause that needs a person, by mail or to a webhook. Pure, but for sending.

``DELIBERATION_NOTICES_MAIL`` names addresses, ``DELIBERATION_NOTICES_WEBHOOK`` URLs, each separated by spaces;
``DELIBERATION_DESK_URL`` is the address of the desk for people, which a deliverer has no other way to know.
A notice names the institution, the kind of cause and where to look; never a title, a text or a person: it
leaves the house.
"""

import os
import requests
from collections.abc import Iterable
from collections.abc import Mapping
from collective.deliberation import _
from dataclasses import dataclass
from email.message import EmailMessage
from plone import api
from typing import Literal
from zope.i18n import translate


MAIL = "DELIBERATION_NOTICES_MAIL"
WEBHOOK = "DELIBERATION_NOTICES_WEBHOOK"
DESK = "DELIBERATION_DESK_URL"
TIMEOUT = (5, 15)  # seconds to connect and to be answered
SUBJECT = _("notice_subject", default="Publication: what needs you (${number})")
WORDS = {
    "parked": _(
        "notice_parked",
        default="${institution}: a publication was refused and waits for you. ${url}",
    ),
    "soon": _(
        "notice_soon",
        default="${institution}: the drafts of a meeting must be on line by ${day}. ${url}",
    ),
    "late": _(
        "notice_late",
        default="${institution}: the drafts of a meeting had to be on line by ${day}. ${url}",
    ),
}


@dataclass(frozen=True, slots=True)
class Cause:
    """Why somebody is told. Two with the same ``key`` are one, for ever."""

    key: str
    kind: Literal["parked", "soon", "late"]
    institution: str  # its name
    url: str  # where to look, at the desk
    day: str = ""  # the legal day, in words

    @property
    def words(self) -> str:
        mapping = {"institution": self.institution, "url": self.url, "day": self.day}
        message = _(WORDS[self.kind], default=WORDS[self.kind].default, mapping=mapping)
        return translate(message, target_language="fr")


def receivers(environment: Mapping[str, str] = os.environ) -> tuple[list[str], list[str]]:
    """Mail addresses and webhooks."""
    return environment.get(MAIL, "").split(), environment.get(WEBHOOK, "").split()


def address(path: str, environment: Mapping[str, str] = os.environ) -> str:
    """Where people find what has this path below the desk."""
    return "/".join(filter(None, (environment.get(DESK, "").rstrip("/"), path)))


def send(causes: Iterable[Cause], addresses: list[str], hooks: list[str]) -> None:
    """Tell all receivers of all causes, in one message each, in the current site's name.

    :raises Exception: whatever a mail server or a webhook answers, when one of them wasn't told
    """
    causes = list(causes)
    for url in hooks:
        document = {
            "causes": [
                {
                    "kind": cause.kind,
                    "institution": cause.institution,
                    "url": cause.url,
                    "text": cause.words,
                }
                for cause in causes
            ],
        }
        requests.post(url, json=document, timeout=TIMEOUT).raise_for_status()
    if addresses:
        api.portal.get_tool("MailHost").send(message(causes, addresses), immediate=True)


def message(causes: list[Cause], addresses: list[str]) -> EmailMessage:
    mail = EmailMessage()
    subject = _(SUBJECT, default=SUBJECT.default, mapping={"number": len(causes)})
    mail["Subject"] = translate(subject, target_language="fr")
    mail["From"] = (
        api.portal.get_registry_record("plone.email_from_address", default="") or (addresses[0])
    )
    mail["To"] = ", ".join(addresses)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content("\n\n".join(cause.words for cause in causes) + "\n")
    return mail
