"""The register of one item: who and what its texts must not show, and every form met so far."""

import re
from collections.abc import Iterable
from collective.deliberation.pseudonym.folding import skeleton
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from enum import Enum
from typing import Any


class Category(str, Enum):
    """What kind of personal data an entry is. The values stand in marks, tokens and JSON."""

    PERSON = "person"
    ADDRESS = "address"
    BIRTH_DATE = "birth-date"
    BIRTH_PLACE = "birth-place"
    NATIONAL_NUMBER = "national-number"
    ACCOUNT = "account"
    PHONE = "phone"
    EMAIL = "e-mail"
    PLATE = "plate"
    PARCEL = "parcel"
    OTHER = "other"


class Gender(str, Enum):
    """Grammatical gender, where the words shown for an entry need it."""

    UNKNOWN = ""
    FEMININE = "f"
    MASCULINE = "m"


class RegisterError(ValueError):
    """A register that can't be read or changed so. The message never repeats a form."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One person or datum: ``id`` "p1", ``ordinal`` from 1 within its category, forms as written.

    ``role`` is how the author chose to call a person, with its article: "la requérante"; else empty.
    """

    id: str
    category: Category
    ordinal: int
    gender: Gender
    forms: tuple[str, ...]
    role: str = ""

    def has(self, form: str) -> bool:
        """Whether a form that reads the same is known."""
        return skeleton(form) in map(skeleton, self.forms)


@dataclass(frozen=True, slots=True)
class Register:
    """The entries of one item, in order of creation. Every change returns a new register."""

    entries: tuple[Entry, ...] = ()
    _hash: int = field(default=0, init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        """Computed once: matchers are kept by it, and a register can hold thousands of entries."""
        if not self._hash:
            object.__setattr__(self, "_hash", hash(self.entries) or 1)
        return self._hash

    @classmethod
    def from_json(cls, value: Any) -> "Register":
        """Read ``[{"id", "category", "ordinal", "gender", "forms", "role"}, …]`` strictly; None is empty.

        An entry without a role may leave it out.

        :raises RegisterError: at the first entry that is not what it must be.
        """
        if value is None:
            return cls()
        if not isinstance(value, (list, tuple)):
            raise RegisterError("The register must be a list of entries.")
        entries = tuple(_entry(part, number) for number, part in enumerate(value, 1))
        _unique((entry.id for entry in entries), "two entries have the same id")
        _unique(
            ((entry.category, entry.ordinal) for entry in entries),
            "two entries of one category have the same ordinal",
        )
        return cls(entries)

    def to_json(self) -> list[dict[str, Any]]:
        """The register as plain lists, dicts, strings and integers; ``from_json`` reads it back."""
        return [
            {
                "id": entry.id,
                "category": entry.category.value,
                "ordinal": entry.ordinal,
                "gender": entry.gender.value,
                "forms": list(entry.forms),
                **({"role": entry.role} if entry.role else {}),
            }
            for entry in self.entries
        ]

    def get(self, id: str) -> Entry | None:
        """The entry with this id, or None."""
        return next((entry for entry in self.entries if entry.id == id), None)

    def add(
        self, category: Category | str, form: str, gender: Gender | str = ""
    ) -> "tuple[Register, Entry]":
        """The register with an entry for this form, and that entry.

        An entry of the same category with a form that reads the same is returned unchanged.
        """
        category, gender = _value(Category, category), _value(Gender, gender)
        for entry in self.entries:
            if entry.category is category and entry.has(form):
                return self, entry
        forms = (_form(form),)
        entry = Entry(self._next_id(), category, self._next_ordinal(category), gender, forms)
        return Register((*self.entries, entry)), entry

    def with_form(self, id: str, form: str) -> "Register":
        """The register whose entry also has this form; itself when a known form reads the same."""
        entry = self._existing(id)
        if entry.has(form):
            return self
        return self._with(replace(entry, forms=(*entry.forms, _form(form))))

    def without_form(self, id: str, form: str) -> "Register":
        """The register whose entry no longer has this form.

        :raises RegisterError: when it is the last one.
        """
        entry = self._existing(id)
        forms = tuple(known for known in entry.forms if known != form)
        if not forms:
            raise RegisterError("An entry keeps at least one form.")
        return self._with(replace(entry, forms=forms))

    def with_gender(self, id: str, gender: Gender | str) -> "Register":
        return self._with(replace(self._existing(id), gender=_value(Gender, gender)))

    def with_category(self, id: str, category: Category | str) -> "Register":
        """The register whose entry is of another category, at the next ordinal there."""
        entry, category = self._existing(id), _value(Category, category)
        if entry.category is category:
            return self
        return self._with(replace(entry, category=category, ordinal=self._next_ordinal(category)))

    def with_role(self, id: str, role: str) -> "Register":
        """The register whose entry is called by this role; an empty one takes it back.

        :raises RegisterError: when another entry is called so: readers could not tell them apart.
        """
        if role.strip() and any(e.id != id and _alike(e.role, role) for e in self.entries):
            raise RegisterError("Another entry has this role.")
        return self._with(replace(self._existing(id), role=_role(role)))

    def merge(self, id: str, into: str) -> "Register":
        """The register in which ``into`` also has the forms of ``id``, which is gone.

        The gender and role of ``into`` stay where it has any. Marks that name ``id`` must then name
        ``into``: a text that still names ``id`` is withheld.

        :raises RegisterError: for unknown entries, one and the same, or of different categories.
        """
        gone, kept = self._existing(id), self._existing(into)
        if gone is kept or gone.category is not kept.category:
            raise RegisterError("Two entries of one category can be merged.")
        forms = (*kept.forms, *(form for form in gone.forms if not kept.has(form)))
        merged = replace(
            kept,
            forms=forms,
            role=kept.role or gone.role,
            gender=gone.gender if kept.gender is Gender.UNKNOWN else kept.gender,
        )
        return Register(tuple(entry for entry in self._with(merged).entries if entry is not gone))

    def split(self, id: str, form: str) -> "tuple[Register, Entry]":
        """The register in which this form of an entry is an entry of its own, and that entry.

        :raises RegisterError: when the entry hasn't this form, or no other.
        """
        entry = self._existing(id)
        if form not in entry.forms:
            raise RegisterError("The entry hasn't this form.")
        register = self.without_form(id, form)
        new = Entry(
            self._next_id(),
            entry.category,
            self._next_ordinal(entry.category),
            Gender.UNKNOWN,
            (form,),
        )
        return Register((*register.entries, new)), new

    def without(self, id: str) -> "Register":
        """The register without this entry. Texts that still carry its mark are withheld from then on."""
        gone = self._existing(id)
        return Register(tuple(entry for entry in self.entries if entry is not gone))

    def _existing(self, id: str) -> Entry:
        entry = self.get(id)
        if entry is None:
            raise RegisterError("The register has no entry with this id.")
        return entry

    def _with(self, changed: Entry) -> "Register":
        return Register(tuple(changed if e.id == changed.id else e for e in self.entries))

    def _next_id(self) -> str:
        return f"p{max((int(entry.id[1:]) for entry in self.entries), default=0) + 1}"

    def _next_ordinal(self, category: Category) -> int:
        used = (entry.ordinal for entry in self.entries if entry.category is category)
        return max(used, default=0) + 1


_ID = re.compile(r"p[1-9][0-9]{0,8}")
_ROLE = 80
_ROLE_WORDS = re.compile(r"[\w '’(),.°-]*")
_KEYS = {"id", "category", "ordinal", "gender", "forms"}


def _entry(value: Any, number: int) -> Entry:
    try:
        if not isinstance(value, dict) or set(value) - {"role"} != _KEYS:
            raise RegisterError(f"it must have exactly the keys {', '.join(sorted(_KEYS))}")
        id, ordinal, forms = value["id"], value["ordinal"], value["forms"]
        if not isinstance(id, str) or not _ID.fullmatch(id):
            raise RegisterError('its id must be "p" and a number')
        if not isinstance(ordinal, int) or isinstance(ordinal, bool) or ordinal < 1:
            raise RegisterError("its ordinal must be an integer of at least 1")
        if not isinstance(forms, (list, tuple)):
            raise RegisterError("its forms must be a list of texts")
        category, gender = _value(Category, value["category"]), _value(Gender, value["gender"])
        role = _role(value.get("role", ""))
        return Entry(id, category, ordinal, gender, tuple(map(_form, forms)), role)
    except RegisterError as error:
        raise RegisterError(f"Entry {number} of the register: {error}.") from None


def _value(kind: type[Enum], value: Any) -> Any:
    try:
        return kind(value)
    except ValueError:
        choices = ", ".join(repr(member.value) for member in kind)
        raise RegisterError(f"the {kind.__name__.lower()} must be one of {choices}") from None


def _form(form: Any) -> str:
    form = " ".join(form.split()) if isinstance(form, str) else ""
    if not form:
        raise RegisterError("a form must be a text that is not empty")
    return form


def _alike(one: str, other: str) -> bool:
    return skeleton(one) == skeleton(other)


def _role(role: Any) -> str:
    role = " ".join(role.split()) if isinstance(role, str) else None
    if role is None or len(role) > _ROLE or not _ROLE_WORDS.fullmatch(role):
        raise RegisterError(f"a role must be words, of at most {_ROLE} characters")
    return role


def _unique(values: Iterable[Any], message: str) -> None:
    seen = set()
    for value in values:
        if value in seen:
            raise RegisterError(f"The register is inconsistent: {message}.")
        seen.add(value)
