"""The roster of an institution as one table: change, end, add, delete, or paste lines of a spreadsheet."""

from collective.deliberation import _
from collective.deliberation.content.roster import set_roster
from collective.deliberation.pseudonym.roster import Official
from collective.deliberation.pseudonym.roster import Roster
from dataclasses import dataclass
from datetime import date
from plone import api
from plone.protect.authenticator import check
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


EMPTY = 3  # rows to add somebody in
MOST = 2000
KINDS = {
    "representative": _("roster_representative", default="Elected representative"),
    "official": _("roster_official", default="Official"),
}


class NotAPerson(ValueError):
    """A row or a line that is none: ``message`` says which and why."""

    def __init__(self, message: Any):
        super().__init__()
        self.message = message


@dataclass
class Row:
    """One row of the table, as it was typed."""

    name: str = ""
    function: str = ""
    kind: str = "representative"
    start: str = ""
    end: str = ""


class RosterScreen(BrowserView):
    template = ViewPageTemplateFile("roster.pt")
    kinds = KINDS
    rows: list[Row]
    pasted = ""
    problem: Any = None

    def __call__(self):
        self.rows = [
            _row(person) for person in Roster.from_json(list(self.context.roster or ())).people
        ]
        if self.request.method == "POST":
            check(self.request)
            self.rows = self._typed()
            self.pasted = self._text("pasted")
            try:
                people = [_official(row, number) for number, row in enumerate(self.rows, 1)]
                people += _pasted(self.pasted)
            except NotAPerson as error:
                self.problem = error.message
                self.request.response.setStatus(400)
            else:
                set_roster(self.context, Roster(tuple(people[:MOST])))
                message = _("roster_saved", default="The roster is saved.")
                api.portal.show_message(message, self.request)
                self.request.response.redirect(f"{self.context.absolute_url()}/@@roster")
                return ""
        self.rows += [Row() for _each in range(EMPTY)]
        return self.template()

    def _typed(self) -> list[Row]:
        """The rows of the form that hold a name and aren't to be deleted."""
        columns = [self._texts(name) for name in ("name", "function", "kind", "start", "end")]
        gone = set(self._texts("delete"))
        rows = [Row(*values) for values in zip(*columns, strict=False)]
        return [
            row
            for number, row in enumerate(rows)
            if str(number) not in gone and (row.name or row.function or row.start or row.end)
        ]

    def _texts(self, name: str) -> list[str]:
        value = self.request.form.get(name, [])
        values = value if isinstance(value, list) else [value]
        return [" ".join(each.split()) if isinstance(each, str) else "" for each in values[:MOST]]

    def _text(self, name: str) -> str:
        value = self.request.form.get(name, "")
        return value if isinstance(value, str) else ""


def _row(person: Official) -> Row:
    return Row(
        person.name,
        person.function,
        person.kind,
        person.start.isoformat() if person.start else "",
        person.end.isoformat() if person.end else "",
    )


def _official(row: Row, number: int) -> Official:
    if not row.name or len(row.name) > 200 or len(row.function) > 200:
        raise NotAPerson(
            _(
                "roster_no_name",
                default="Row ${row}: write a name; name and function have at most 200 characters.",
                mapping={"row": str(number)},
            )
        )
    start, end = _day(row.start, number), _day(row.end, number)
    if start and end and end < start:
        raise NotAPerson(
            _(
                "roster_end_first",
                default="Row ${row}: the office ends before it begins.",
                mapping={"row": str(number)},
            )
        )
    kind = "official" if row.kind == "official" else "representative"
    return Official(row.name, row.function, kind, start, end)


def _day(text: str, number: int) -> date | None:
    """A day as 2024-12-02 or 02/12/2024; None when there is none."""
    if not text:
        return None
    try:
        if "/" in text:
            day, month, year = map(int, text.split("/"))
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        raise NotAPerson(
            _(
                "roster_no_day",
                default="Row ${row}: write a day like 02/12/2024.",
                mapping={"row": str(number)},
            )
        ) from None


def _pasted(text: str) -> list[Official]:
    """Lines ``name;function;from;to``, or with tabs as a spreadsheet gives them; functions tell officials."""
    people = []
    for number, line in enumerate(filter(str.strip, text.splitlines()), 1):
        cells = [cell.strip() for cell in line.split("\t" if "\t" in line else ";")]
        name, function, start, end, *_rest = (*cells, "", "", "", "")
        kind = "official" if _serves(function) else "representative"
        people.append(_official(Row(name, function, kind, start, end), number))
    return people


def _serves(function: str) -> bool:
    words = ("directeur", "directrice", "receveu", "agent", "chef", "employé", "fonctionnaire")
    return any(word in function.lower() for word in words)
