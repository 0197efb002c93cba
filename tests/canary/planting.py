"""Plant canaries in every field and file of a meeting and its items, and publish them, as people would over HTTP.

Each is marked once, in its canonical form; everywhere else it stands unmarked, in a hostile spelling.
"""

import base64
import re
import requests
from canary import hostile_files
from canary.canaries import CANARIES
from canary.canaries import marked
from canary.spellings import ALL
from canary.spellings import TEXT
from dataclasses import dataclass
from dataclasses import field
from itertools import cycle
from itertools import islice


PASSWORD = "deliberation"
# What only a machine writes: a text that holds an original so is withheld until somebody writes it plainly.
ESCAPES = frozenset(
    """percent_encoded percent_encoded_letter_by_letter percent_encoded_twice percent_encoded_latin_1
    plus_for_spaces decimal_entities hexadecimal_entities named_entities escaped_twice""".split()
)
LONG = ESCAPES | {"camel_case"}  # this is read in short texts only
TITLE, VOTES, ANNEX_TITLE, LOCATION, REASON = 1000, 5000, 500, 300, 2000  # characters that fit


class Spellings:
    """Every spelling in turn, each time of another canary, so that long enough use meets all of both."""

    def __init__(self):
        self._canaries = cycle(CANARIES)

    def of(self, names, times: int = 1) -> list[str]:
        found = []
        for name in sorted(names) * times:
            texts = (ALL[name](canary) for canary in islice(self._canaries, len(CANARIES)))
            found.append(next(text for text in texts if text is not None))
        return found

    def line(self, room: int, names=frozenset(TEXT) - LONG) -> str:
        """A plain text with as many as there is room for, each somebody else's."""
        if not hasattr(self, "_left") or len(self._left) < 60:
            self._left = self.of(names, 3)
        text = "Demande de"
        while self._left and len(text) + len(self._left[-1]) + 2 < room:
            text += f" {' '.join(self._left.pop().split())} ;"
        return text

    def rich(self, names=frozenset(ALL) - LONG) -> str:
        return "".join(f"<div>Vu la demande de {text} ;</div>" for text in self.of(names))


@dataclass
class Planted:
    """Where it is: paths below the desk, addresses at the portal."""

    meeting: str = ""
    meeting_uid: str = ""
    items: dict[str, str] = field(default_factory=dict)  # path: UID
    item: str = ""  # the path of the one that stays public
    withdrawn: str = ""  # of the one that was public
    refused: str = ""  # of the one that never is
    annexes: dict[str, str] = field(default_factory=dict)  # path: UID
    refusals: dict[str, requests.Response] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)  # UID: address at the portal

    @property
    def public(self) -> list[str]:
        return [self.item, self.withdrawn]

    @property
    def paths(self) -> list[str]:
        return ["/canaria", self.meeting, *self.items, *self.annexes]


class Hands:
    """An agent and a clerk at the desk, over HTTP."""

    def __init__(self, sites):
        self.sites = sites
        self._tokens: dict[str, str] = {}

    def ask(self, method: str, path: str, user: str | None, **arguments) -> requests.Response:
        headers = {"Accept": "application/json", **arguments.pop("headers", {})}
        return requests.request(
            method,
            self.sites.desk.url + path,
            auth=(user, PASSWORD) if user else None,
            headers=headers,
            timeout=120,
            allow_redirects=False,
            **arguments,
        )

    def call(self, method: str, path: str, user: str, **arguments):
        answer = self.ask(method, path, user, **arguments)
        assert answer.status_code < 300, (method, path, answer.status_code, answer.text[:1500])
        return answer.json() if answer.content else None

    def add(self, container: str, **fields) -> tuple[str, str]:
        made = self.call("POST", container, "agent", json=fields)
        return made["@id"].removeprefix(self.sites.desk.url), made["UID"]

    def annex(self, holder: str, title: str, name: str, data: bytes, mime: str) -> tuple[str, str]:
        content = {"data": base64.b64encode(data).decode(), "encoding": "base64"}
        file = {**content, "filename": name, "content-type": mime}
        return self.add(holder, **{"@type": "Annex", "title": title, "file": file})

    def do(self, path: str, *steps: tuple[str, str], comment: str = "") -> None:
        for transition, user in steps:
            self.call("POST", f"{path}/@workflow/{transition}", user, json={"comment": comment})

    def form(self, path: str, user: str, files=None, **fields) -> requests.Response:
        """Send a form of the desk with the authenticator of one of its pages."""
        if user not in self._tokens:
            page = self.ask("GET", path, user, headers={"Accept": "text/html"}).text
            self._tokens[user] = re.search(r'name="_authenticator"[^>]*value="([0-9a-f]+)"', page)[
                1
            ]
        return self.ask(
            "POST",
            path,
            user,
            headers={"Accept": "text/html"},
            data={"_authenticator": self._tokens[user], **fields},
            files=files,
        )

    def judge_what_is_proposed(self, path: str) -> None:
        """Hide what is proposed; what detection still proposes then (parts of glued names) is left public.

        That word is about suggestions: it makes nothing public that the register knows.
        """
        address = f"{path}/@@review-personal-data"
        for action in ("accept", "reject"):
            page = self.ask("GET", address, "agent", headers={"Accept": "text/html"}).text
            rows = re.findall(r'<[^>]*data-key="([^"]+)"[^>]*data-state="open"[^>]*>', page)
            if rows:
                answer = self.form(address, "agent", action=action, key=rows)
                assert answer.status_code == 302, answer.status_code


def rich(html: str) -> dict[str, str]:
    return {"data": html, "content-type": "text/html"}


def plant(hands: Hands) -> Planted:
    """A meeting, an item with annexes, one to be withdrawn, and one that may not be approved."""
    say, done = Spellings(), Planted()
    categories = [f"Dossier de {canary.form}" for canary in CANARIES]
    hands.call("PATCH", "/canaria", "clerk", json={"categories": ["Travaux", *categories]})
    done.meeting, done.meeting_uid = hands.add(
        "/canaria",
        **{"@type": "Meeting", "body": "conseil", "start": "2026-12-21T19:00:00"},
        location=say.line(LOCATION),
        attendance=rich(marked() + say.rich()),
    )
    done.item = _item(hands, done, say, categories[3], say.rich())
    done.withdrawn = _item(hands, done, say, categories[11])
    # The institution's own lists belong to no register: who may see it may read them.
    hands.call("PATCH", "/canaria", "clerk", json={"categories": ["Travaux"]})
    _refused_item(hands, done, say)
    paths = _annexes(hands, done, say)
    path, uid = hands.annex(
        done.meeting,
        say.line(ANNEX_TITLE),
        say.of(["in_a_file_name"])[0],
        hostile_files.pdf_with_a_clean_page(),
        hostile_files.made.PDF,
    )
    done.annexes[path] = uid
    reason = say.line(REASON)
    for each in (done.meeting, *done.public):
        hands.judge_what_is_proposed(each)
    answer = hands.form(f"{path}/@@annex-review", "clerk", action="publish", reason=reason)
    assert answer.status_code == 302
    _decide_on(hands, done, paths, reason)
    hands.do(done.meeting, ("convene", "clerk"), comment=reason)
    for each in done.public:
        hands.do(each, ("propose", "agent"), ("approve", "clerk"), comment=reason)
    return done


def _item(hands: Hands, done: Planted, say: Spellings, category: str, more: str = "") -> str:
    path, uid = hands.add(
        done.meeting,
        **{"@type": "Item", "title": say.line(TITLE), "category": category},
        representatives=[" ".join(text.split())[:200] for text in say.of(frozenset(TEXT) - LONG)],
        motivation=rich(marked() + more),
        draftDecision=rich(more or "<p>Article 1er.</p>"),
    )
    done.items[path] = uid
    return path


def _refused_item(hands: Hands, done: Planted, say: Spellings) -> None:
    """Originals that only a machine can read: the clerk may not approve them."""
    path, uid = hands.add(
        done.meeting,
        **{"@type": "Item", "title": "Point à corriger", "category": "Travaux"},
        motivation=rich(marked()),
        draftDecision=rich(say.rich(ESCAPES)),
    )
    done.items[path], done.refused = uid, path
    hands.judge_what_is_proposed(path)
    hands.do(path, ("propose", "agent"))
    done.refusals["escapes"] = hands.ask("POST", f"{path}/@workflow/approve", "clerk", json={})


def _annexes(hands: Hands, done: Planted, say: Spellings) -> dict[str, str]:
    """Annexes of the item, what cleaning makes public by itself and what it doesn't; paths by file."""

    def add(name: str, extension: str, data: bytes, mime: str) -> None:
        file = say.of(["in_a_file_name"])[0].rpartition(".")[0]
        path, uid = hands.annex(done.item, say.line(ANNEX_TITLE), f"{file}.{extension}", data, mime)
        done.annexes[path], paths[name] = uid, path

    paths: dict[str, str] = {}
    for extension, (make, mime) in hostile_files.CLEANED.items():
        add(extension, extension, make(), mime)
    add("letter", "pdf", hostile_files.pdf_to_read(), hostile_files.made.PDF)
    add("table", "csv", hostile_files.table_to_read(), "text/csv")
    return paths


def _decide_on(hands: Hands, done: Planted, paths: dict[str, str], reason: str) -> None:
    review = {name: f"{path}/@@annex-review" for name, path in paths.items()}
    for name in hostile_files.CLEANED:
        done.refusals[f"publish {name}"] = hands.form(review[name], "clerk", action="publish")
        answer = hands.form(review[name], "clerk", action="publish", reason=reason)
        assert answer.status_code == 302, name
    letter, pdf = review["letter"], hostile_files.made.PDF
    done.refusals["publish"] = hands.form(letter, "clerk", action="publish")
    done.refusals["redact"] = hands.form(letter, "clerk", action="redact")
    upload = {"publicFile": ("version publique.pdf", hostile_files.pdf_to_read(), pdf)}
    done.refusals["upload"] = hands.form(letter, "clerk", upload, action="upload")
    upload = {"publicFile": ("version publique.pdf", hostile_files.public_version(), pdf)}
    assert hands.form(letter, "clerk", upload, action="upload").status_code == 302
    assert hands.form(letter, "clerk", action="redact").status_code == 302
    assert hands.form(review["table"], "clerk", action="hold_back").status_code == 302


def decide(hands: Hands, done: Planted) -> None:
    """The meeting is held, the decisions are written, validated and closed."""
    say = Spellings()
    reason = say.line(REASON)
    hands.do(done.meeting, ("hold", "clerk"), comment=reason)
    for path in done.public:
        more = say.rich() if path == done.item else ""
        fields = {"resolutionText": rich(marked() + more), "votes": say.line(VOTES)}
        hands.call("PATCH", path, "agent", json=fields)
        hands.judge_what_is_proposed(path)
        for annex in done.annexes:
            if annex.startswith(f"{path}/"):  # the list of personal data has changed
                hands.form(f"{annex}/@@annex-review", "clerk", action="search")
        hands.do(path, ("decide", "agent"), ("validate", "clerk"), comment=reason)
    hands.do(done.meeting, ("close", "clerk"), comment=reason)
