"""The review of personal data: every suggestion accepted or rejected, beside what the public will read.

One POST a decision, with ``action`` (``accept``, ``reject``, ``undo``, ``mark``, ``confirm``), ``key`` (once or
several times) and an authenticator. With ``fragment`` the answer is the part of the page that changed.
"""

from collective.deliberation import _
from collective.deliberation.content.public_rendering import policy_of
from collective.deliberation.content.public_rendering import pseudonym
from collective.deliberation.content.public_rendering import public_texts
from collective.deliberation.content.register import add_form
from collective.deliberation.content.register import register_of
from collective.deliberation.content.review import decisions
from collective.deliberation.content.review import reasons
from collective.deliberation.content.review import suggestions
from collective.deliberation.content.review.highlights import highlighted
from collective.deliberation.content.review.texts import texts_of
from collective.deliberation.content.screens.personal_data import EDIT
from collective.deliberation.content.screens.personal_data import MAX_FORM
from collective.deliberation.content.vocabularies import institution_of
from collective.deliberation.content.vocabularies import PERSONAL_DATA
from collective.deliberation.desk.screen import steps
from collective.deliberation.pseudonym.matching import matcher
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import Gender
from collective.deliberation.pseudonym.register import RegisterError
from functools import cached_property
from plone import api
from plone.protect.authenticator import check
from plone.protect.authenticator import createToken
from plone.transformchain.interfaces import DISABLE_TRANSFORM_REQUEST_KEY
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from time import time
from zExceptions import Forbidden
from zope.i18n import translate


FORWARD = ("propose", "approve", "decide", "validate", "convene", "close")


class Review(BrowserView):
    template = ViewPageTemplateFile("review.pt")
    part = ViewPageTemplateFile("review_part.pt")
    categories = PERSONAL_DATA

    def __call__(self):
        self.request.response.setHeader("Cache-Control", "no-store")
        if self.request.method != "POST":
            if self._field("fragment"):
                self.request.environ[DISABLE_TRANSFORM_REQUEST_KEY] = True
                return self.part()
            return self.template()
        if not self.may_decide():
            raise Forbidden
        check(self.request)
        problem = self._decide()
        if self._field("fragment"):
            self.request.environ[DISABLE_TRANSFORM_REQUEST_KEY] = True
        if not self._field("fragment"):
            if problem:
                api.portal.show_message(problem, self.request, type="error")
            self.request.response.redirect(f"{self.context.absolute_url()}/@@review-personal-data")
            return ""
        if problem:
            self.request.response.setStatus(409)
            self.request.response.setHeader("Content-Type", "text/plain; charset=utf-8")
            return translate(problem, context=self.request)
        return self.part()

    # For the templates

    def may_decide(self):
        return api.user.has_permission(EDIT, obj=self.context)

    def token(self):
        return createToken()

    @cached_property
    def groups(self):
        return decisions.groups(self.context)

    @property
    def left(self):
        return sum(group.state == "open" for group in self.groups)

    def rows(self):
        register, policy = register_of(self.context), policy_of(self.context)
        match = matcher(register)
        people = [
            {"id": entry.id, "form": entry.forms[0], "shown": pseudonym(entry, policy)}
            for entry in register.entries
            if entry.category is Category.PERSON
        ]
        rows = []
        for group in self.groups:
            hits = match.find(group.text) if group.state == "accepted" else []
            rows.append(
                {
                    "group": group,
                    "title": PERSONAL_DATA[group.category.value],
                    "reason": reasons.SUGGESTIONS.get(group.reason, group.reason),
                    "certainty": round(group.confidence * 100),
                    "doubtful": group.confidence < 0.7,
                    "count": len(group.places),
                    "shown": pseudonym(hits[0].entry, policy) if hits else "",
                    "people": people if group.category is Category.PERSON else [],
                }
            )
        return rows

    def texts(self):
        """Each text with its places highlighted, beside its public rendering.

        A number that nobody judged withholds a whole text; what it would be without is shown meanwhile.
        """
        shown = highlighted(self.context, self.groups)
        register = decisions.provisional(self.context, self.groups)
        now, then = public_texts(self.context), public_texts(self.context, register)
        return [
            {
                "text": hoped if text.withheld else text,
                "waits": bool(text.withheld and not hoped.withheld),
                "desk": shown.get(text.name, ""),
                "number": number,
            }
            for number, (text, hoped) in enumerate(zip(now, then, strict=True))
        ]

    def next_steps(self):
        """The steps forward that are open to the user once everything is judged."""
        return [step for step in steps(self.context) if step.id in FORWARD]

    def is_awaited(self):
        """Whether the language model has yet to read this."""
        return suggestions.is_awaited(self.context, texts_of(self.context), time())

    def withheld(self, text):
        return translate(text.withheld, "collective.deliberation", context=self.request)

    def prompts(self):
        texts = texts_of(self.context)
        return [
            {
                "reason": reasons.PROMPTS.get(prompt.reason, prompt.reason),
                "before": texts[prompt.field][max(0, prompt.start - 40) : prompt.start],
                "words": texts[prompt.field][prompt.start : prompt.end],
                "after": texts[prompt.field][prompt.end : prompt.end + 40],
            }
            for prompt in suggestions.found_prompts(texts)
        ]

    def needs_second_reader(self):
        institution = institution_of(self.context)
        return bool(getattr(institution, "secondReader", False))

    def is_confirmed(self):
        return decisions.is_confirmed(self.context)

    def may_confirm(self):
        me = api.user.get_current().getId()
        return self.may_decide() and not self.left and me not in decisions.deciders(self.context)

    # Decisions

    def _decide(self):
        """Do what was asked for; the message of what is wrong, or None."""
        try:
            self._act(self._field("action"))
        except decisions.UnknownGroup:
            return _(
                "review_changed",
                default="The text has changed meanwhile: this suggestion is gone. Load the page again.",
            )
        except RegisterError:
            return _(
                "review_refused",
                default="This can't be hidden: select 1 to 200 characters, and choose a category of the "
                "list. Nothing was changed.",
            )
        self.__dict__.pop("groups", None)
        return None

    def _act(self, action):
        if action == "accept":
            for key in self._keys():
                decisions.accept(self.context, key, self._field("category"), self._field("into"))
        elif action == "reject":
            for key in self._keys():
                decisions.reject(self.context, key)
        elif action == "undo":
            for key in self._keys():
                decisions.undo(self.context, key)
        elif action == "mark":
            self._mark()
        elif action == "confirm" and self.may_confirm():
            decisions.confirm(self.context)
        else:
            raise decisions.UnknownGroup(action)

    def _mark(self):
        form = " ".join(self._field("form").split())
        try:
            category = Category(self._field("category"))
        except ValueError:
            raise RegisterError("no such category") from None
        if not 0 < len(form) <= MAX_FORM:
            raise RegisterError("too long")
        entry = add_form(self.context, category, [form], Gender.UNKNOWN, "")
        decisions.note(self.context, "mark", f"{entry} {category.value}")

    def _keys(self):
        value = self.request.form.get("key", [])
        return (
            [value] if isinstance(value, str) else [each for each in value if isinstance(each, str)]
        )

    def _field(self, name):
        value = self.request.form.get(name, "")
        return value if isinstance(value, str) else ""
