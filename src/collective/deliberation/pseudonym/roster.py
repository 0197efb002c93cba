"""The roster of an institution: who represents it or serves it, in what function, from when to when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from typing import Literal


Kind = Literal["representative", "official"]
_LISTS: tuple[tuple[str, Kind], ...] = (
    ("mandataires", "representative"),
    ("officiers", "official"),
)


class RosterError(ValueError):
    """A roster that can't be read. The message never repeats a name."""


@dataclass(frozen=True, slots=True)
class Official:
    """One person in one function, from ``start`` to ``end``, both included; None is unbounded."""

    name: str
    function: str
    kind: Kind
    start: date | None = None
    end: date | None = None

    def in_office(self, on: date | None) -> bool:
        """Whether the function is held on a day; on no known day, everybody's is."""
        if on is None:
            return True
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody who may act in office, in the order given."""

    people: tuple[Official, ...] = ()

    @classmethod
    def from_json(cls, value: Any) -> "Roster":
        """Read what ``to_json`` gives, or ``{"mandataires": […], "officiers": […]}``; None is empty.

        An entry is ``{"name", "function", "kind", "from", "to"}``, all but the name optional, or a
        name alone; dates are ISO 8601, an empty one is open.

        :raises RosterError: at the first entry that is not what it must be.
        """
        if value is None:
            return cls()
        if isinstance(value, Mapping):
            people: list[Official] = []
            for key, kind in _LISTS:
                people += _people(value.get(key), kind)
            return cls(tuple(people))
        return cls(tuple(_people(value, "representative")))

    def to_json(self) -> list[dict[str, str]]:
        """The roster as plain dicts; ``from_json`` reads it back."""
        return [
            {
                "name": person.name,
                "function": person.function,
                "kind": person.kind,
                "from": person.start.isoformat() if person.start else "",
                "to": person.end.isoformat() if person.end else "",
            }
            for person in self.people
        ]

    def in_office(self, on: date | None) -> tuple[Official, ...]:
        """Those whose function is held on a day; everybody when the day isn't known."""
        return tuple(person for person in self.people if person.in_office(on))


def _people(value: Any, kind: Kind) -> list[Official]:
    if value is None:
        return []
    if not isinstance(value, (list, tuple)):
        raise RosterError("The roster must be a list of people.")
    return [_official(part, kind, number) for number, part in enumerate(value, 1)]


def _official(value: Any, kind: Kind, number: int) -> Official:
    try:
        if isinstance(value, str):
            value = {"name": value}
        if not isinstance(value, Mapping):
            raise RosterError("it must be a name, or an object with a name")
        return Official(
            _name(value.get("name")),
            _line(value.get("function")),
            _kind(value.get("kind") or kind),
            _date(value.get("from")),
            _date(value.get("to")),
        )
    except RosterError as error:
        raise RosterError(f"Entry {number} of the roster: {error}.") from None


def _line(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RosterError("name and function must be texts")
    return " ".join(value.split())


def _name(value: Any) -> str:
    name = _line(value)
    if not name:
        raise RosterError("it has no name")
    return name


def _kind(value: Any) -> Kind:
    if value == "representative" or value == "official":
        return value
    raise RosterError('the kind must be "representative" or "official"')


def _date(value: Any) -> date | None:
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise RosterError('a date must be written like "2024-12-02"') from None
