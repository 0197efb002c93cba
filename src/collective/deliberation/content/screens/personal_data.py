"""The list of personal data of an item or a meeting: what is hidden from the public, and how.

Each change is one POST with ``action`` (``add``, ``form``, ``drop``, ``gender``, ``category``, ``remove``) and an
authenticator. The texts may be beyond editing (validated, withdrawn): what is hidden in them never is.
"""

from collective.deliberation import _
from collective.deliberation.content.public_rendering import policy_of
from collective.deliberation.content.public_rendering import pseudonym
from collective.deliberation.content.register import change_category
from collective.deliberation.content.register import register_of
from collective.deliberation.content.register import remove_entry
from collective.deliberation.content.register import set_register
from collective.deliberation.content.vocabularies import PERSONAL_DATA
from collective.deliberation.pseudonym.fragment import Withheld
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import RegisterError
from plone import api
from plone.protect.authenticator import check
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zExceptions import Forbidden


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
        policy = policy_of(self.context)
        return [
            {
                "id": entry.id,
                "category": entry.category.value,
                "title": PERSONAL_DATA[entry.category.value],
                "gender": entry.gender.value,
                "gendered": entry.category is Category.PERSON,
                "forms": entry.forms,
                "shown": pseudonym(entry, policy),
            }
            for entry in register_of(self.context).entries
        ]

    def _change(self):
        actions = {
            "add": self._add,
            "form": self._add_form,
            "drop": self._drop_form,
            "gender": self._gender,
            "category": self._category,
            "remove": self._remove,
        }
        action = actions.get(self._field("action"))
        if action is None:
            return _("personal_data_no_action", default="Nothing was asked for."), "error"
        try:
            return action(), "info"
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
