"""The list of personal data of an item or a meeting: what is hidden from the public, and how.

Each change is one POST with ``action`` (a key of ``ACTIONS``) and an authenticator. The texts may be beyond editing (validated, withdrawn): what is hidden in them never is.
"""

from collective.deliberation import _
from collective.deliberation.content.public_rendering import policy_of
from collective.deliberation.content.public_rendering import pseudonym
from collective.deliberation.content.register import change_category
from collective.deliberation.content.register import mark_mentions
from collective.deliberation.content.register import merge_entries
from collective.deliberation.content.register import register_of
from collective.deliberation.content.register import remove_entry
from collective.deliberation.content.register import set_register
from collective.deliberation.content.register import split_form
from collective.deliberation.content.review.mentions import mentions_of
from collective.deliberation.content.vocabularies import PERSONAL_DATA
from collective.deliberation.pseudonym.fragment import Withheld
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import RegisterError
from plone import api
from plone.protect.authenticator import check
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zExceptions import Forbidden
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent


EDIT = "collective.deliberation: Edit personal data"
GENDERS = {
    "": _("gender_unknown", default="Not said"),
    "f": _("gender_feminine", default="Feminine"),
    "m": _("gender_masculine", default="Masculine"),
}
MAX_FORM = 200


class PersonalData(BrowserView):
    template = ViewPageTemplateFile("personal_data.pt")
    categories = PERSONAL_DATA
    genders = GENDERS

    def __call__(self):
        self.request.response.setHeader("Cache-Control", "no-store")
        if self.request.method != "POST":
            return self.template()
        if not self.may_edit():
            raise Forbidden
        check(self.request)
        message, kind = self._change()
        api.portal.show_message(message, self.request, type=kind)
        self.request.response.redirect(f"{self.context.absolute_url()}/@@personal-data")
        return ""

    def may_edit(self):
        return api.user.has_permission(EDIT, obj=self.context)

    def entries(self):
        policy, register = policy_of(self.context), register_of(self.context)
        mentions = mentions_of(self.context, register)
        return [
            {
                "id": entry.id,
                "category": entry.category.value,
                "title": PERSONAL_DATA[entry.category.value],
                "gender": entry.gender.value,
                "gendered": entry.category is Category.PERSON,
                "forms": entry.forms,
                "role": entry.role,
                "shown": pseudonym(entry, policy),
                "mentions": mentions.get(entry.id, []),
                "others": [
                    {"id": other.id, "form": other.forms[0]}
                    for other in register.entries
                    if other is not entry and other.category is entry.category
                ],
            }
            for entry in register.entries
        ]

    def _change(self):
        action = ACTIONS.get(self._field("action"))
        if action is None:
            return _("personal_data_no_action", default="Nothing was asked for."), "error"
        try:
            return action(self), "info"
        except Withheld:
            return (
                _(
                    "personal_data_unreadable",
                    default="A text of this content can't be read whole: open it in the editor, check it "
                    "and save it, then try again. Nothing was changed.",
                ),
                "error",
            )
        except RegisterError:
            return (
                _(
                    "personal_data_refused",
                    default="This can't be done: write a text of 1 to 200 characters, and keep at least one "
                    "writing for each entry. Nothing was changed.",
                ),
                "error",
            )

    def _add(self):
        register, entry = register_of(self.context).add(
            self._field("category"), self._form(), self._field("gender")
        )
        set_register(self.context, register)
        return _("personal_data_added", default="Hidden from the public from now on.")

    def _add_form(self):
        register = register_of(self.context).with_form(self._field("entry"), self._form())
        set_register(self.context, register)
        return _("personal_data_added", default="Hidden from the public from now on.")

    def _drop_form(self):
        register = register_of(self.context).without_form(self._field("entry"), self._form())
        set_register(self.context, register)
        return _("personal_data_dropped", default="This writing is no longer looked for.")

    def _gender(self):
        register = register_of(self.context)
        register = register.with_gender(self._field("entry"), self._field("gender"))
        set_register(self.context, register)
        return _("personal_data_saved", default="Saved.")

    def _category(self):
        try:
            category = Category(self._field("category"))
        except ValueError:
            raise RegisterError("no such category") from None
        change_category(self.context, self._field("entry"), category)
        return _("personal_data_saved", default="Saved.")

    def _role(self):
        register = register_of(self.context)
        role = self._field("role")
        set_register(self.context, register.with_role(self._field("entry"), role))
        return _("personal_data_saved", default="Saved.")

    def _merge(self):
        merge_entries(self.context, self._field("entry"), self._field("into"))
        return _("personal_data_merged", default="They are one now, and shown alike.")

    def _split(self):
        split_form(self.context, self._field("entry"), self._field("form"))
        return _("personal_data_split", default="This writing is somebody else now.")

    def _mark(self):
        mark_mentions(self.context, register_of(self.context), self._field("entry"))
        notify(ObjectModifiedEvent(self.context))
        return _("personal_data_marked", default="Every mention is marked in the texts.")

    def _remove(self):
        remove_entry(self.context, self._field("entry"))
        return _(
            "personal_data_removed",
            default="Removed from the list, and its marks from the texts: the public can read it.",
        )

    def _field(self, name):
        value = self.request.form.get(name, "")
        return value if isinstance(value, str) else ""

    def _form(self):
        form = self._field("form").strip()
        if len(form) > MAX_FORM:
            raise RegisterError("too long")
        return form


ACTIONS = {
    "add": PersonalData._add,
    "form": PersonalData._add_form,
    "drop": PersonalData._drop_form,
    "split": PersonalData._split,
    "gender": PersonalData._gender,
    "role": PersonalData._role,
    "category": PersonalData._category,
    "merge": PersonalData._merge,
    "mark": PersonalData._mark,
    "remove": PersonalData._remove,
}
