"""A log is chained: what is changed, taken out, put in, moved or cut off is found, and where."""

import json
import pytest
from collective.deliberation.publishing.log import command
from collective.deliberation.publishing.log.entries import gone
from collective.deliberation.publishing.log.entries import Receipt
from collective.deliberation.publishing.log.entries import What
from collective.deliberation.publishing.log.kept import CHUNK
from collective.deliberation.publishing.log.kept import PublicationLog
from collective.deliberation.publishing.log.verifying import Broken
from collective.deliberation.publishing.log.verifying import head
from collective.deliberation.publishing.log.verifying import verified
from datetime import datetime
from datetime import timedelta
from datetime import timezone


NOON = datetime(2026, 12, 1, 12, tzinfo=timezone.utc)
ITEM = "b" * 32


def put(revision, action="replace"):
    return What(action, ITEM, "item", "draft", "a" * 32, revision, f"{revision:064x}", ("c" * 64,))


def made(count=5, site="portal", institution="valbourg", receipts=None):
    log = PublicationLog(site, institution)
    for number in range(1, count):
        receipt = (receipts or {}).get(number)
        log.append(put(number), NOON + timedelta(minutes=number), "publisher", receipt=receipt)
    log.append(gone("withdraw", ITEM, "item", count), NOON + timedelta(hours=1), "p", "Erreur")
    return log


def downloaded(log, shown=("why",)):
    return [line.to_bytes(shown) for line in log.lines()]


def changed(raw, **fields):
    """A line whose entry was changed, with a hash that fits it."""
    line = json.loads(raw)
    line["entry"].update(fields)
    return json.dumps(line).encode()


def test_a_log_as_downloaded_holds_across_chunks_and_names_its_head():
    log = made(3 * CHUNK + 2)
    found = head(downloaded(log))
    assert (found.number, found.hash, found.institution) == (3 * CHUNK + 2, log.head, "valbourg")


def test_an_empty_log_holds():
    assert head([]).number == 0


def test_the_first_wrong_byte_of_any_line_is_found_at_that_line():
    lines = downloaded(made(4))
    for position, raw in enumerate(lines):
        for old, new in ((b'"revision":', b'"revision":1'), (b"2026-12-01T1", b"2026-12-02T1")):
            assert old in raw
            bad = [*lines[:position], raw.replace(old, new, 1), *lines[position + 1 :]]
            with pytest.raises(Broken) as broken:
                head(bad)
            assert broken.value.line == position + 1


@pytest.mark.parametrize(
    ("edit", "line", "words"),
    [
        (lambda lines: lines[:1] + lines[2:], 2, "entry 2 should be here"),
        (lambda lines: lines[1:], 1, "entry 1 should be here"),
        (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], 2, "entry 2 should be here"),
        (lambda lines: [*lines[:2], lines[1], *lines[2:]], 3, "entry 3 should be here"),
        (lambda lines: [lines[0], b"{}", *lines[2:]], 2, 'must be an object with "entry"'),
        (lambda lines: [lines[0], b"\xff\n", *lines[2:]], 2, "is not JSON"),
        (lambda lines: [lines[0], b"[" * 100_000, *lines[2:]], 2, "is not JSON"),
        (lambda lines: [lines[0], changed(lines[1], extra=1)], 2, "fields are missing or unknown"),
        (lambda lines: [lines[0], changed(lines[1], number=True)], 2, "a number that is none"),
        (lambda lines: [lines[0], changed(lines[1], uid=None)], 2, "a text that is none"),
        (lambda lines: [lines[0], changed(lines[1], annexes=7)], 2, "a text that is none"),
        (lambda lines: [changed(lines[0], action="undo")], 1, "an action"),
        (lambda lines: [changed(lines[0], format="other/1")], 1, "is not of the format"),
    ],
)
def test_what_was_taken_out_moved_doubled_or_mangled_is_named(edit, line, words):
    with pytest.raises(Broken, match=words) as broken:
        head(edit(downloaded(made())))
    assert broken.value.line == line


def test_an_entry_changed_together_with_its_own_hash_breaks_the_chain_after_it():
    log = made()
    lines = list(log.lines())
    forged = PublicationLog("portal", "valbourg")
    forged.append(put(9), NOON, "publisher")
    with pytest.raises(Broken, match="entry 2 doesn't hold the hash of the one before") as broken:
        head([next(forged.lines()).to_bytes(), *(line.to_bytes() for line in lines[1:])])
    assert broken.value.line == 2


def test_entries_of_another_log_that_fit_the_chain_are_refused():
    log = made(2)
    log.institution = "autre"
    log.append(put(3), NOON + timedelta(hours=2), "publisher")
    with pytest.raises(Broken, match="entry 3 is of another log"):
        head(downloaded(log))


def test_an_entry_is_never_earlier_than_the_one_before_even_when_the_clock_goes_back():
    log = made(3)
    late = log.last_at
    line = log.append(put(4), NOON - timedelta(days=1), "publisher")
    assert line.entry.at == late
    head(downloaded(log))
    log.last_at = ""  # as a log that somebody writes with other hands
    log.append(put(5), NOON - timedelta(days=2), "publisher")
    with pytest.raises(Broken, match="entry 5 is earlier"):
        head(downloaded(log))


def test_who_did_it_is_sealed_and_not_shown():
    log = made()
    shown = b"".join(downloaded(log))
    assert b"publisher" not in shown
    assert b"Erreur" in shown
    assert b"publisher" in b"".join(downloaded(log, ("by", "why")))


def test_a_reason_can_be_forgotten_and_the_log_still_holds():
    log = made()
    before = log.head
    log.forget(5, "why")
    assert b"Erreur" not in b"".join(downloaded(log))
    assert head(downloaded(log)).hash == before


def test_another_text_in_the_place_of_a_sealed_one_is_found():
    lines = downloaded(made())
    lines[-1] = lines[-1].replace(b"Erreur", b"Plainte")
    with pytest.raises(Broken, match='the text shown as "why"'):
        head(lines)


def test_what_is_known_from_elsewhere_shows_a_log_that_was_rewritten_or_cut_off():
    log, other = made(), made()
    known = {number: log.line(number).hash for number in (2, 5)}
    assert head(downloaded(log), known).number == 5
    with pytest.raises(Broken, match="entry 2 is another one than was known"):
        head(downloaded(other), known)
    with pytest.raises(Broken, match="ends before entry 5"):
        head(downloaded(log)[:4], known)


def test_verified_lines_come_before_the_break():
    lines = downloaded(made())
    seen = []
    with pytest.raises(Broken):
        for line in verified([*lines[:3], lines[4]]):
            seen.append(line.entry.number)
    assert seen == [1, 2, 3]


@pytest.fixture()
def files(tmp_path):
    def write(name, lines):
        path = tmp_path / name
        path.write_bytes(b"".join(lines))
        return str(path)

    return write


def test_the_command_says_that_a_log_holds(files, capsys):
    log = made()
    assert command.main([files("log.jsonl", downloaded(log))]) == 0
    out = capsys.readouterr().out
    assert "holds: 5 entries of valbourg (portal)" in out
    assert f"5:{log.head}" in out


def test_the_command_says_where_a_log_breaks(files, capsys):
    lines = downloaded(made())
    assert command.main([files("log.jsonl", lines[:2] + lines[3:])]) == 1
    assert "log.jsonl, line 3: entry 3 should be here, not 4." in capsys.readouterr().err


def test_the_command_compares_with_an_earlier_download_and_the_desks_receipts(files, capsys):
    log, other = made(), made()
    earlier = files("earlier.jsonl", downloaded(log)[:3])
    receipts = {1: Receipt(4, log.line(4).hash)}
    desk = files("desk.jsonl", downloaded(made(2, "desk", receipts=receipts), ("by", "why")))
    good, bad = files("good.jsonl", downloaded(log)), files("bad.jsonl", downloaded(other))
    assert command.main([good, "--earlier", earlier, "--desk", desk]) == 0
    assert command.main([good, "--contains", f"2:{log.line(2).hash}"]) == 0
    capsys.readouterr()
    assert command.main([bad, "--earlier", earlier]) == 1
    assert "entry 3 is another one" in capsys.readouterr().err
    assert command.main([bad, "--desk", desk]) == 1
    assert "entry 4 is another one" in capsys.readouterr().err
    assert command.main([files("short.jsonl", downloaded(log)[:3]), "--desk", desk]) == 1
    assert "ends before entry 4" in capsys.readouterr().err


def test_the_command_says_when_a_file_cant_be_read(tmp_path, capsys):
    assert command.main([str(tmp_path / "none.jsonl")]) == 2
    assert "can't be read" in capsys.readouterr().err
    assert command.main(["-", "--contains", "x"]) == 2
