"""For the data protection officer: who hid, judged, published and withdrew what of an item, and when.

No original stands here, so it may be printed, filed and sent: entries are named by their id, their category and
what the public reads in their place. ``?format=json`` and ``?format=csv`` say the same.
"""

import csv
import io
import json
from collective.deliberation import _
from collective.deliberation.content.public_rendering import policy_of
from collective.deliberation.content.public_rendering import pseudonym
from collective.deliberation.content.register import register_of
from collective.deliberation.content.review import decisions
from collective.deliberation.content.review.mentions import mentions_of
from collective.deliberation.content.vocabularies import PERSONAL_DATA
from collective.deliberation.desk.labels import TRANSITIONS
from collective.deliberation.desk.screen import Screen
from collective.deliberation.publishing import exposure
from collective.deliberation.publishing import planning
from collective.deliberation.publishing.labels import label
from collective.deliberation.publishing.status import publication_of
from collective.deliberation.workflow import audit
from datetime import datetime
from functools import cached_property
from plone.uuid.interfaces import IUUID
from zope.i18n import translate


ACTIONS = {
    **TRANSITIONS,
    "register": _("proof_register", default="Register changed"),
    "accept-suggestion": _("proof_accepted", default="Suggestion accepted: hidden"),
    "reject-suggestion": _("proof_rejected", default="Suggestion rejected: stays public"),
    "undo-suggestion": _("proof_undone", default="Decision taken back"),
    "mark": _("proof_marked", default="Marked by hand"),
    "confirm-review": _("proof_confirmed", default="Review confirmed by a second reader"),
    "annex-released": _("proof_annex_released", default="Annex published with these entries in it"),
    "annex-redacted": _("proof_annex_redacted", default="Annex redacted (boxes / pages)"),
    planning.ACTION: _("proof_planned", default="Publication planned (drafts | decisions)"),
    exposure.ACTION: _("proof_exposed", default="Had been readable on the portal"),
}
# Comments of these are written by the machine; those of transitions are people's words and may hold names.
SAFE = frozenset(set(ACTIONS) - set(TRANSITIONS))
COLUMNS = ("at", "actor", "action", "detail")


class Proof(Screen):
    def __call__(self):
        response = self.request.response
        response.setHeader("Cache-Control", "no-store")
        wanted = self.request.form.get("format", "html")
        if wanted == "json":
            response.setHeader("Content-Type", "application/json; charset=utf-8")
            return json.dumps(self.document(), ensure_ascii=False, indent=1)
        if wanted == "csv":
            response.setHeader("Content-Type", "text/csv; charset=utf-8")
            response.setHeader("Content-Disposition", f'attachment; filename="{self.name}.csv"')
            return self.csv()
        return self.index()

    @property
    def name(self) -> str:
        return f"proof-{self.context.getId()}"

    @cached_property
    def register(self):
        return register_of(self.context)

    @cached_property
    def entries(self):
        """Each entry of the register: what the public reads, and how often it is met."""
        policy = policy_of(self.context)
        mentions = mentions_of(self.context, self.register)
        return [
            {
                "id": entry.id,
                "category": entry.category.value,
                "shown": pseudonym(entry, policy),
                "writings": len(entry.forms),
                "mentions": len(mentions.get(entry.id, ())),
            }
            for entry in self.register.entries
        ]

    def category(self, entry):
        return PERSONAL_DATA[entry["category"]]

    @cached_property
    def counts(self):
        groups = decisions.groups(self.context)
        states = [group.state for group in groups]
        return {state: states.count(state) for state in ("accepted", "rejected", "open")}

    @cached_property
    def log(self):
        """The audit log of this item and its annexes, oldest first; no reason that a person wrote.

        ``annex`` is the number of the annex it was done to, 0 for the item.
        """
        annexes = [each for each in self.context.objectValues() if each.portal_type == "Annex"]
        found = [
            {
                "at": entry["at"],
                "actor": entry["actor"],
                "action": entry["action"],
                "annex": number,
                "detail": entry["comment"] if entry["action"] in SAFE else "",
            }
            for number, content in enumerate((self.context, *annexes))
            for entry in audit.entries(IUUID(content))
        ]
        return sorted(found, key=lambda entry: entry["at"])

    @cached_property
    def exposures(self):
        found = (entry["detail"] for entry in self.log if entry["action"] == exposure.ACTION)
        return [each for each in map(exposure.read, found) if each is not None]

    def fields(self, each):
        return ", ".join(label(field) for field in each.fields)

    def publication(self):
        return publication_of(self.context)

    def is_confirmed(self):
        return decisions.is_confirmed(self.context)

    def action(self, entry):
        title = ACTIONS.get(entry["action"], entry["action"])
        if not entry["annex"]:
            return title
        return _(
            "proof_of_annex",
            default="Annex no. ${number}: ${action}",
            mapping={
                "number": str(entry["annex"]),
                "action": translate(title, context=self.request),
            },
        )

    def moment(self, iso):
        when = datetime.fromisoformat(iso)
        return f"{self.date(when)}, {self.hour(when)}"

    def document(self):
        publication = self.publication()
        return {
            "uid": IUUID(self.context),
            "address": self.context.absolute_url(),
            "publicAddress": publication.url if publication is not None else "",
            "revision": publication.revision if publication is not None else 0,
            "entries": self.entries,
            "suggestions": self.counts,
            "secondReader": self.is_confirmed(),
            "exposures": [each._asdict() for each in self.exposures],
            "log": self.log,
        }

    def csv(self) -> str:
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for entry in self.log:
            action = translate(self.action(entry), context=self.request)
            writer.writerow([entry["at"], entry["actor"], action, entry["detail"]])
        return out.getvalue()
