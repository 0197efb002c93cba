"""Take the guard out of one exit after the other, and say which test notices: ``make mutation-report``.

The tree is never touched: each mutation lives in a forked process, where the code of the changed functions takes
the place of theirs. All tests pass before; a mutation that no test notices is an error.
"""

import importlib
import inspect
import os
import pytest
import sys
from _pytest.runner import runtestprotocol
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from types import FunctionType
from types import ModuleType


HERE = Path(__file__).parent
PACKAGE = "collective.deliberation"


@dataclass(frozen=True, slots=True)
class Mutation:
    """``old`` stands once in the module; the tests are those of ``test_exits`` whose id begins so."""

    exit: str
    module: str
    old: str
    new: str
    test: str

    @property
    def what(self) -> str:
        return f"{self.module}: {' '.join(self.old.split())[:60]}"


def _sent(field: str, kind: str = "plain", holder: str = "item", given: str = "") -> Mutation:
    value = given or f"{holder}.{field}"
    raw = f'({value} or "")' if kind == "plain" else f"({value}.raw if {value} else '')"
    test = f"test_what_is_sent_of_{'an item' if holder == 'item' else 'a meeting'}_is_neutralised"
    return Mutation(
        f"{holder}: {field} to the portal",
        "publishing.payload",
        f'texts.{kind}("{field}", {value})',
        raw,
        f"{test.replace(' ', '_')}[{field}]",
    )


def _printed(field: str, kind: str, register: str = "own") -> Mutation:
    old = f"neutralise.{kind}(source.{field}, {register})"
    test = f"test_what_a_public_document_prints_is_neutralised[{field}]"
    return Mutation(f"document: {field}", "documents.item_texts", old, f"source.{field}", test)


MUTATIONS = (
    *(_sent(field) for field in ("number", "title", "category")),
    _sent("representatives", given="name"),
    *(_sent(field, "rich") for field in ("motivation", "draftDecision", "resolutionText")),
    _sent("votes"),
    _sent("location", holder="meeting"),
    _sent("bodyTitle", holder="meeting", given="body_title(meeting)"),
    _sent("attendance", "rich", "meeting"),
    Mutation(
        "annex: title to the portal",
        "publishing.payload",
        'texts.plain("annexes", annex.title)',
        "annex.title",
        "test_what_is_sent_of_an_annex",
    ),
    Mutation(
        "annex: file to the portal",
        "content.annexes.public",
        "    digest = digest_of(made)\n",
        "    made = file\n    digest = digest_of(made)\n",
        "test_what_is_sent_of_an_annex",
    ),
    Mutation(
        "annex: who releases it",
        "publishing.payload",
        "hits = decisions.unreleased(annex, copy.found.hits)\n    if hits:",
        "hits = decisions.unreleased(annex, copy.found.hits)\n    if False:",
        "test_the_gate_refuses_a_file",
    ),
    Mutation(
        "gate: when a job is made",
        "publishing.payload",
        "    refuse_originals(wire.plain(record), texts.register, texts.exempt)\n",
        "",
        "test_the_gate_refuses_a_record",
    ),
    Mutation(
        "gate: texts, at delivery",
        "publishing.delivery",
        "payload.refuse_originals(record, register_of(content), exempted(content))",
        "pass",
        "test_the_gate_searches_once_more_at_delivery",
    ),
    Mutation(
        "gate: files, at delivery",
        "publishing.payload",
        "hits = decisions.unreleased(annex, found.hits) if annex is not None else found.hits",
        "hits = ()",
        "test_a_file_is_searched_once_more_at_delivery",
    ),
    Mutation(
        "withdrawal: its reason",
        "publishing.announce",
        'texts.plain("reason", reason.strip() or default)',
        "(reason.strip() or default)",
        "test_the_reason_of_a_withdrawal",
    ),
    _printed("title", "plain_text"),
    _printed("motivation", "rich_text"),
    _printed("decision", "rich_text"),
    _printed("votes", "plain_text"),
    _printed("attendance", "rich_text", "sitting"),
    _printed("location", "plain_text", "sitting"),
    _printed("body_title", "plain_text", "sitting"),
    Mutation(
        "document: gate",
        "documents.item_texts",
        "if gate.search(asdict(neutral), entry, exempt):",
        "if False:",
        "test_the_gate_refuses_a_public_document",
    ),
    Mutation(
        "desk: public preview, rich texts",
        "content.public_rendering",
        "neutralise.rich_text(value.raw, register)",
        "value.raw",
        "test_what_the_desk_shows_as_public",
    ),
    Mutation(
        "desk: public preview, plain texts",
        "content.public_rendering",
        'neutralise.plain_text(text or "", register)',
        '(text or "")',
        "test_what_the_desk_shows_as_public",
    ),
    Mutation(
        "desk: search and listings",
        "desk.personal",
        " & set(rolesForPermissionOn(PERSONAL, obj))",
        "",
        "test_who_may_not_view_personal_data_is_no_reader",
    ),
    Mutation(
        "desk: views, REST, history, downloads",
        "desk.personal",
        "not may(PERSONAL, each)",
        "False",
        "test_who_may_not_view_personal_data_gets_no_address",
    ),
    Mutation(
        "desk: pages of error",
        "desk.failure",
        "not any(map(holds_personal_data",
        "any(map(holds_personal_data",
        "test_a_page_of_error_frames_no_title",
    ),
    Mutation(
        "desk: the anonymous",
        "desk.closed",
        'request["TraversalRequestNameStack"] = [REFUSAL, REFUSAL]',
        "pass",
        "test_the_anonymous_are_led_to_the_refusal",
    ),
)


class Report:
    """A pytest plugin in the place of its loop: all tests once, then those of each mutation in a fork."""

    def __init__(self):
        self.rows: list[tuple[str, str, str]] = []
        self.unnoticed = 0

    def pytest_runtestloop(self, session) -> bool:
        items = session.items
        for number, item in enumerate(items):
            for report in _failures(item, items[number - 1]):
                self.unnoticed += 1
                print(f"{item.name} fails without any mutation:\n{report.longreprtext[-1500:]}")
        for mutation in MUTATIONS:
            tests = [item for item in items if item.name.startswith(mutation.test)]
            assert tests, f"no such test: {mutation.test}"
            failed = _in_a_fork(mutation, tests, items)
            self.unnoticed += not failed
            self.rows.append((mutation.exit, mutation.what, failed or "NONE FAILS"))
            print(f"{mutation.exit}: {failed or 'NONE FAILS'}", file=sys.stderr, flush=True)
        return True


def _failures(item, other) -> list:
    """The failed phases of a test; ``other`` keeps what both share from being torn down."""
    reports = runtestprotocol(item, log=False, nextitem=other)
    failed = [report for report in reports if report.failed]
    for report in failed:  # how: an assertion of its own, or a guard behind the one that is gone
        crash = getattr(report.longrepr, "reprcrash", None)
        said = " ".join(str(crash.message if crash else "").split())[:90]
        print(f"  {item.name}: {said}", file=sys.stderr, flush=True)
    return failed


def _in_a_fork(mutation: Mutation, tests, items) -> str:
    """The name of the first test that fails with this mutation; empty when none does."""
    child = os.fork()
    if not child:
        code = 255
        try:
            apply(mutation)
            failing = (
                number for number, item in enumerate(tests) if _failures(item, _other(item, items))
            )
            code = next(failing, 254)
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code != 255, f"the mutation can't be applied: {mutation.what}"
    return "" if code == 254 else tests[code].name


def _other(item, items):
    return next(each for each in items if each is not item)


def apply(mutation: Mutation) -> None:
    """Give the functions of a module the code that they have in its mutated source."""
    module = importlib.import_module(f"{PACKAGE}.{mutation.module}")
    source = Path(inspect.getsourcefile(module)).read_text("utf-8")
    assert source.count(mutation.old) == 1, (source.count(mutation.old), mutation.old)
    compiled = compile(source.replace(mutation.old, mutation.new), module.__file__, "exec")
    codes = dict(_codes(compiled))
    changed = 0
    for function in _functions(module):
        new = codes.get(function.__qualname__)
        if new is not None and new != function.__code__:
            function.__code__ = new
            changed += 1
    assert changed, mutation.old


def _codes(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant.co_qualname, constant
            yield from _codes(constant)


def _functions(module: ModuleType) -> Iterator[FunctionType]:
    for value in vars(module).values():
        inside = vars(value).values() if isinstance(value, type) else (value,)
        for each in inside:
            if isinstance(each, FunctionType) and each.__module__ == module.__name__:
                yield each


def main() -> int:
    report = Report()
    arguments = ["-q", "--no-header", "-p", "no:cacheprovider", "--show-capture=no"]
    pytest.main([*arguments, str(HERE / "test_exits.py")], plugins=[report])
    widths = (
        [max(len(row[column]) for row in report.rows) for column in (0, 1)]
        if report.rows
        else [0, 0]
    )
    for exit, what, test in (("exit", "without", "test that fails"), *report.rows):
        print(f"{exit:<{widths[0]}}  {what:<{widths[1]}}  {test}")
    print(f"{len(report.rows)} mutations, {report.unnoticed} unnoticed")
    return 1 if report.unnoticed or not report.rows else 0


if __name__ == "__main__":
    sys.exit(main())
