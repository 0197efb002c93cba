"""The messages that alerts send: one that asks to confirm, and digests. Plain text, for every mail reader."""

from collective.deliberation import _
from collective.deliberation.portal.pages.rendering import french
from dataclasses import dataclass
from datetime import datetime
from datetime import timezone
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from email.utils import formataddr
from email.utils import make_msgid
from urllib.parse import urlsplit


MOST = 40  # publications shown in one message


@dataclass(frozen=True, slots=True)
class Sender:
    name: str  # of the portal
    address: str
    url: str  # of the portal


@dataclass(frozen=True, slots=True)
class News:
    """One publication in a digest."""

    title: str
    stage: str  # in French
    where: str  # institution, meeting
    url: str


@dataclass(frozen=True, slots=True)
class Alert:
    """One subscription, as a message speaks of it."""

    address: str
    words: str
    since: str  # the day it was confirmed, in French
    stop_url: str
    list_url: str  # all that it asks for, latest first


def confirmation(sender: Sender, address: str, words: str, url: str, now: datetime) -> EmailMessage:
    body = french(
        _(
            "alert_mail_confirm",
            default="Hello,\n\nSomebody, probably you, asked ${portal} to write to this address about: ${words}\n\n"
            "To receive these messages, open this address within 48 hours and confirm:\n${url}\n\n"
            "It wasn't you? Do nothing: you will receive no other message, and your address will be deleted "
            "after 48 hours.",
            mapping={"portal": f"{sender.name} ({sender.url})", "words": words, "url": url},
        )
    )
    subject = french(_("alert_mail_confirm_subject", default="Confirm your alert"))
    return _message(sender, address, f"{sender.name} : {subject}", body, now)


def digest(
    sender: Sender, alert: Alert, news: list[News], more: int, interrupted: bool, now: datetime
) -> EmailMessage:
    """The message about some publications; ``more`` are not in ``news``."""
    total = len(news) + more
    lines = [_head(total, alert), ""]
    for each in news[:MOST]:
        lines += [f"* {each.stage} : {each.title}", f"  {each.where}", f"  {each.url}", ""]
    if total > len(news[:MOST]):
        lines += [
            french(
                _(
                    "alert_mail_more",
                    default="And ${number} more: ${url}",
                    mapping={"number": total - len(news[:MOST]), "url": alert.list_url},
                )
            ),
            "",
        ]
    if interrupted:
        missed = _(
            "alert_mail_interrupted",
            default="The sending of an earlier message was interrupted: it may not have reached you. All is here: ${url}",
            mapping={"url": alert.list_url},
        )
        lines += [french(missed), ""]
    why = _(
        "alert_mail_why",
        default="Why you receive this: this address was registered at ${portal} and confirmed on ${day}, for the alert: "
        "${words}\n\nTo stop it, or all alerts to this address: ${url}",
        mapping={
            "portal": f"{sender.name} ({sender.url})",
            "day": alert.since,
            "words": alert.words,
            "url": alert.stop_url,
        },
    )
    lines += ["-- ", french(why)]
    message = _message(sender, alert.address, _subject(sender, total, alert), "\n".join(lines), now)
    message["List-Unsubscribe"] = f"<{alert.stop_url}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    message["List-Id"] = f"{sender.name} <alertes.{urlsplit(sender.url).hostname}>"
    return message


def _head(total: int, alert: Alert) -> str:
    if total == 1:
        return french(
            _(
                "alert_mail_one",
                default="One new publication for your alert: ${words}",
                mapping={"words": alert.words},
            )
        )
    return french(
        _(
            "alert_mail_many",
            default="${number} new publications for your alert: ${words}",
            mapping={"number": total, "words": alert.words},
        )
    )


def _subject(sender: Sender, total: int, alert: Alert) -> str:
    if total == 1:
        words = french(_("alert_mail_subject_one", default="one new publication"))
    else:
        words = french(
            _(
                "alert_mail_subject_many",
                default="${number} new publications",
                mapping={"number": total},
            )
        )
    return f"{sender.name} : {words} ({alert.words})"


def _message(sender: Sender, to: str, subject: str, body: str, now: datetime) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr((sender.name, sender.address))
    message["To"] = to
    message["Subject"] = " ".join(subject.split())[:200]
    message["Date"] = format_datetime(now.astimezone(timezone.utc))
    message["Message-ID"] = make_msgid(domain=sender.address.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notes
    message.set_content(body + "\n")
    message["Content-Language"] = "fr"
    return message
