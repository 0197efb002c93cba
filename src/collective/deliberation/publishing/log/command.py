"""``deliberation-verify-log FILE``: does a downloaded publication log hold, and where does it break?"""

import argparse
import sys
from collections.abc import Iterable
from collections.abc import Iterator
from collective.deliberation.publishing.log import verifying
from collective.deliberation.publishing.log.covering import Bracket
from collective.deliberation.publishing.log.covering import Brackets
from collective.deliberation.publishing.log.entries import STAMP
from collective.deliberation.publishing.log.lines import Line
from collective.deliberation.publishing.log.timestamps import Authority
from collective.deliberation.publishing.log.timestamps import NoTimestamp
from contextlib import contextmanager
from datetime import datetime
from typing import BinaryIO


_DESCRIPTION = """\
Verify a publication log, as a portal or a desk gives it for download (JSON lines; "-" reads standard input).
Each entry holds the hash of the one before it: what was changed, taken out or put in breaks the chain, and
the command says where. A log that was rewritten as a whole, or cut off at its end, holds by itself: compare
it with what is known from elsewhere, an older download or the log of the desk. With --tsa-ca the time-stamps
in it are checked, and for each entry it is said between which moments it is proven to have been made.
Ends with 0 when the log holds, 1 when it doesn't, 2 when it can't be read."""


def main(arguments: Iterable[str] | None = None) -> int:
    """Run the command.

    :param arguments: those of the command line, without the program's name
    """
    parser = argparse.ArgumentParser(
        prog="deliberation-verify-log",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="the log; - for standard input")
    parser.add_argument(
        "--earlier",
        metavar="FILE",
        help="an older download of the same log: all of it must be in FILE unchanged",
    )
    parser.add_argument(
        "--desk",
        metavar="FILE",
        help="the log of the desk that published: each receipt it keeps must be an entry of FILE",
    )
    parser.add_argument(
        "--contains",
        metavar="NUMBER:HASH",
        action="append",
        default=[],
        help="an entry that is known to have been in the log, e.g. 12:4bf3…; can be given several times",
    )
    parser.add_argument(
        "--tsa-ca",
        metavar="FILE",
        help="certificates (PEM) of the time-stamping authority that you trust: check all time-stamps",
    )
    asked = parser.parse_args(None if arguments is None else list(arguments))
    try:
        anchors = dict(_anchor(text) for text in asked.contains)
        if asked.earlier:
            earlier = _head(asked.earlier, {})
            if earlier.number:
                _add(anchors, earlier.number, earlier.hash)
        for number, hash in _receipts(asked.desk) if asked.desk else ():
            _add(anchors, number, hash)
        proven = _Proven(Authority.of_file(asked.tsa_ca)) if asked.tsa_ca else None
        head = _head(asked.file, anchors, proven)
    except _Unreadable as error:
        print(error, file=sys.stderr)
        return 2
    except NoTimestamp as error:
        print(f"{asked.tsa_ca}: {error}.", file=sys.stderr)
        return 2
    except _Bad as error:
        print(error, file=sys.stderr)
        return 1
    if proven is not None:
        proven.end()
    print(
        f"The log holds: {head.number} entries of {head.institution or 'nobody'} ({head.site or 'empty'})"
        f"{f', the last of {head.at}' if head.at else ''}."
    )
    print(f"Last entry: {head.number}:{head.hash}")
    return 0


class _Bad(Exception):
    pass


class _Unreadable(Exception):
    pass


class _Proven:
    """Says of each entry between which moments it was made, as soon as that is known."""

    def __init__(self, authority: Authority):
        self.authority = authority
        self.brackets = Brackets()
        self.stamps = 0

    def seen(self, line: Line) -> None:
        self.stamps += line.entry.what.action == STAMP
        for bracket in self.brackets.add(line):
            self._say(bracket)

    def end(self) -> None:
        for bracket in self.brackets.open:
            self._say(bracket)
        print(f"Time-stamps, each signed by the authority that you trust: {self.stamps}.")

    def _say(self, bracket: Bracket) -> None:
        entry = bracket.line.entry
        proof = f", proven: not before {_moment(bracket.since)}" if bracket.since else ""
        if bracket.until is None:
            proof += "; no time-stamp covers it yet"
        else:
            existed = f"at the latest {_moment(bracket.until)} (time-stamp {bracket.by})"
            proof += f" and {existed}" if proof else f", proven: {existed}"
        print(
            f"Entry {entry.number}: {entry.what.action} {entry.what.uid}, said: {entry.at}{proof}."
        )


def _moment(when: datetime) -> str:
    return when.isoformat(timespec="seconds")


def _head(name: str, anchors: dict[int, str], proven: _Proven | None = None) -> verifying.Head:
    with _opened(name) as source:
        try:
            if proven is None:
                return verifying.head(source, anchors)
            return verifying.head(source, anchors, proven.authority, proven.seen)
        except verifying.Broken as error:
            raise _Bad(f"{name}, {error}.") from None


def _receipts(name: str) -> Iterator[tuple[int, str]]:
    with _opened(name) as source:
        try:
            for line in verifying.verified(source):
                if line.entry.receipt is not None and line.entry.what.action != STAMP:
                    yield line.entry.receipt.number, line.entry.receipt.hash
        except verifying.Broken as error:
            raise _Bad(f"{name}, {error}.") from None


def _add(anchors: dict[int, str], number: int, hash: str) -> None:
    if anchors.setdefault(number, hash) != hash:
        raise _Bad(f"Two different entries {number} are known: one of the logs was rewritten.")


def _anchor(text: str) -> tuple[int, str]:
    number, _colon, hash = text.partition(":")
    if not number.isascii() or not number.isdigit():
        raise _Unreadable(f'--contains "{text}": write it as NUMBER:HASH, e.g. 12:4bf3…')
    return int(number), hash.lower()


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        source = open(name, "rb")
    except OSError as error:
        raise _Unreadable(f"{name} can't be read: {error.strerror}.") from None
    with source:
        yield source


if __name__ == "__main__":
    sys.exit(main())
