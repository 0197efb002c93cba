"""A time-stamp holds for the very hash it is of, by the authority that is trusted, where it stands in the log."""

import dataclasses
import hashlib
import json
import pytest
import socket
from collective.deliberation.publishing.log import authority
from collective.deliberation.publishing.log import command
from collective.deliberation.publishing.log.authority import configured
from collective.deliberation.publishing.log.authority import Settings
from collective.deliberation.publishing.log.entries import Receipt
from collective.deliberation.publishing.log.entries import stamped
from collective.deliberation.publishing.log.entries import What
from collective.deliberation.publishing.log.kept import PublicationLog
from collective.deliberation.publishing.log.stamps import Stamps
from collective.deliberation.publishing.log.timestamps import Authority
from collective.deliberation.publishing.log.timestamps import NoTimestamp
from collective.deliberation.publishing.log.verifying import Broken
from collective.deliberation.publishing.log.verifying import head
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st


NOON = datetime(2026, 12, 1, 12, tzinfo=timezone.utc)
ITEM = "b" * 32
ENTRY = b"an entry, as canonical JSON"
HASH = hashlib.sha256(ENTRY).hexdigest()


def put(revision):
    return What("replace", ITEM, "item", "draft", "a" * 32, revision, f"{revision:064x}")


def a_log(tsa, *, entries=2, of=None):
    """A log whose last entry is stamped; ``of`` is another hash that the time-stamp is of."""
    log = PublicationLog("portal", "valbourg")
    log.stamps = Stamps()
    for number in range(1, entries + 1):
        log.append(put(number), NOON + timedelta(minutes=number), "publisher")
    log.stamp(entries, tsa.stamp(of or log.head), NOON, NOON + timedelta(hours=1))
    return log


def downloaded(log):
    return [line.to_bytes(("why",)) for line in log.lines()]


def trusted(tsa):
    return Authority.of_file(tsa.ca)


def test_an_entry_is_stamped_by_its_own_hash_now(tsa):
    before = datetime.now(timezone.utc) - timedelta(seconds=2)
    reply, moment = authority.ask(Settings(tsa.url, str(tsa.ca)), ENTRY, HASH)
    assert before < moment < datetime.now(timezone.utc) + timedelta(seconds=2)
    assert trusted(tsa).check(reply, HASH) == moment
    (tsa.folder / "kept.tsr").write_bytes(reply)
    verified = tsa.openssl("ts", "-verify", "-digest", HASH, "-in", "kept.tsr", "-CAfile", "ca.pem")
    assert b"OK" in verified


def test_a_reply_for_another_hash_or_another_question_is_refused(tsa):
    other = tsa.stamp(hashlib.sha256(b"another").hexdigest())
    with pytest.raises(NoTimestamp, match="of another hash"):
        trusted(tsa).check(other, HASH)
    tsa.answer = other
    with pytest.raises(NoTimestamp, match="of another hash"):
        authority.ask(Settings(tsa.url, str(tsa.ca)), ENTRY, HASH)
    tsa.answer = tsa.stamp(HASH)  # right, but an old one: not of this question
    with pytest.raises(NoTimestamp):
        authority.ask(Settings(tsa.url, str(tsa.ca)), ENTRY, HASH)


def test_the_word_of_an_authority_that_nobody_trusts_is_none(tsa, other_tsa):
    with pytest.raises(NoTimestamp, match="isn't signed by the authority that is trusted"):
        trusted(tsa).check(other_tsa.stamp(HASH), HASH)


def test_a_reply_whose_moment_was_changed_is_refused(tsa):
    reply = tsa.stamp(HASH)
    moment = trusted(tsa).check(reply, HASH).strftime("%Y%m%d%H%M%SZ").encode()
    assert moment in reply
    with pytest.raises(NoTimestamp):
        trusted(tsa).check(reply.replace(moment, b"20200101000000Z"), HASH)


@given(st.data())
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_byte_of_a_reply_can_be_another_and_prove_another_moment(tsa, data):
    reply = _once(tsa)
    position = data.draw(st.integers(0, len(reply) - 1))
    other = data.draw(st.integers(0, 255))
    changed = reply[:position] + bytes([other]) + reply[position + 1 :]
    cut = changed[: data.draw(st.integers(position, len(reply)))]
    for each in (changed, cut):
        try:
            moment = trusted(tsa).check(each, HASH)
        except NoTimestamp:
            continue
        assert moment == trusted(tsa).check(reply, HASH)


def _once(tsa, known={}):  # noqa: B006 (one reply for all examples)
    if tsa not in known:
        known[tsa] = tsa.stamp(HASH)
    return known[tsa]


def test_a_reply_with_a_certificate_of_no_known_version_is_refused(tsa):
    reply = tsa.stamp(HASH)
    version = b"\xa0\x03\x02\x01\x02"
    assert version in reply
    with pytest.raises(NoTimestamp):
        trusted(tsa).check(reply.replace(version, b"\xa0\x03\x02\x01\x22"), HASH)


@pytest.mark.parametrize(
    "answer",
    [b"", b"<html>Nothing here</html>", b"\x30\x03\x02\x01\x02", b"\x30" * 300_000, 500, 302, 404],
)
def test_whatever_an_authority_answers_instead_is_no_time_stamp(tsa, answer):
    tsa.answer = answer
    with pytest.raises(NoTimestamp):
        authority.ask(Settings(tsa.url, str(tsa.ca)), ENTRY, HASH)


def test_an_authority_that_is_down_or_has_no_certificate_is_told_without_its_address(tsa, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://account:secret@127.0.0.1:{free.getsockname()[1]}/"
    settings = Settings(url, str(tsa.ca))
    with pytest.raises(NoTimestamp, match="can't be reached") as down:
        authority.ask(settings, ENTRY, HASH)
    assert "secret" not in str(down.value) + repr(settings)
    for file in (tmp_path / "missing.pem", tmp_path):
        with pytest.raises(NoTimestamp, match="certificates can't be read"):
            authority.ask(Settings(tsa.url, str(file)), ENTRY, HASH)


def test_settings_come_from_the_environment_and_without_an_address_there_are_none():
    assert configured({}) is None
    given = {
        "DELIBERATION_TIMESTAMP_URL": " https://tsa.example ",
        "DELIBERATION_TIMESTAMP_CA": "f",
    }
    assert configured(given) == Settings("https://tsa.example", "f", 60)
    assert configured({**given, "DELIBERATION_TIMESTAMP_MINUTES": "15"}).minutes == 15
    for nonsense in ("0", "-1", "x", "²", "9" * 30):
        assert configured({**given, "DELIBERATION_TIMESTAMP_MINUTES": nonsense}).minutes == 60


def test_a_stamped_log_holds_and_keeps_its_reply_in_the_download(tsa):
    log = a_log(tsa)
    assert head(downloaded(log), authority=trusted(tsa)).number == 3
    assert log.line(3).reply and log.line(3).entry.receipt == Receipt(2, log.line(2).hash)
    assert log.of("") == []
    log.append(put(3), NOON + timedelta(hours=2), "publisher")
    assert head(downloaded(log), authority=trusted(tsa)).number == 4


def test_a_reply_that_is_missing_another_or_elsewhere_breaks_the_log_where_it_stands(tsa):
    log = a_log(tsa)
    lines = downloaded(log)

    def with_reply(raw, reply):
        line = json.loads(raw)
        line["reply"] = reply
        return json.dumps(line).encode()

    stamp = json.loads(lines[2])
    other = json.loads(downloaded(a_log(tsa))[2])["reply"]
    for bad in ("", other, "?", 7):
        with pytest.raises(Broken) as broken:
            head([*lines[:2], with_reply(lines[2], bad)])
        assert broken.value.line == 3
    with pytest.raises(Broken, match="entry 1 has a time-stamp, but is none"):
        head([with_reply(lines[0], stamp["reply"]), *lines[1:]])


def test_a_time_stamp_moved_into_a_forged_log_is_refused_with_and_without_the_authority(tsa):
    """Somebody writes the log anew, hashes and all, and gives it the time-stamp of the true one."""
    true = a_log(tsa)
    forged = PublicationLog("portal", "valbourg")
    forged.stamps = Stamps()
    for number in (7, 8):
        forged.append(put(number), NOON + timedelta(minutes=number), "publisher")
    forged.stamp(2, true.line(3).reply, NOON, NOON + timedelta(hours=1))
    for who in (None, trusted(tsa)):
        with pytest.raises(Broken, match="entry 3: the time-stamp is of another hash"):
            head(downloaded(forged), authority=who)


@pytest.mark.parametrize("number", [0, 3, 4, 99])
def test_a_time_stamp_that_names_another_entry_than_it_is_of_is_refused(tsa, number):
    log = PublicationLog("portal", "valbourg")
    log.stamps = Stamps()
    for each in (1, 2):
        log.append(put(each), NOON, "publisher")
    reply = tsa.stamp(log.head)
    log.append(stamped(reply), NOON, "", receipt=Receipt(number, log.head))
    log.stamps.add(3, 2, reply, NOON)
    with pytest.raises(Broken, match="of no entry before it"):
        head(downloaded(log))


def test_a_time_stamp_of_an_authority_that_is_not_trusted_breaks_the_log_for_who_asks(
    tsa, other_tsa
):
    log = a_log(other_tsa)
    assert head(downloaded(log)).number == 3
    with pytest.raises(Broken, match="isn't signed by the authority that is trusted"):
        head(downloaded(log), authority=trusted(tsa))


def test_the_command_says_of_each_entry_what_is_proven(tsa, tmp_path, capsys):
    log = a_log(tsa)
    moment = trusted(tsa).check(log.line(3).reply, log.line(2).hash).isoformat()
    log.append(put(3), NOON + timedelta(hours=2), "publisher")
    log.stamp(4, tsa.stamp(log.head), NOON, NOON + timedelta(hours=3))
    log.append(put(4), NOON + timedelta(hours=4), "publisher")
    file = tmp_path / "log.jsonl"
    file.write_bytes(b"".join(downloaded(log)))
    assert command.main([str(file), "--tsa-ca", str(tsa.ca)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in said[:4]] == [
        "Entry 1",
        "Entry 2",
        "Entry 4",
        "Entry 6",
    ]
    assert (
        f"said: {log.line(1).entry.at}, proven: at the latest {moment} (time-stamp 3)." in said[0]
    )
    assert f"proven: not before {moment} and at the latest" in said[2]
    assert said[2].endswith("(time-stamp 5).")
    assert said[3].endswith("no time-stamp covers it yet.")
    assert said[4] == "Time-stamps, each signed by the authority that you trust: 2."
    assert command.main([str(file)]) == 0
    assert "time-stamp" not in capsys.readouterr().out


def test_the_command_tells_a_forgery_and_a_file_without_certificates(
    tsa, other_tsa, tmp_path, capsys
):
    file = tmp_path / "log.jsonl"
    file.write_bytes(b"".join(downloaded(a_log(other_tsa))))
    assert command.main([str(file), "--tsa-ca", str(tsa.ca)]) == 1
    assert "isn't signed by the authority that is trusted" in capsys.readouterr().err
    assert command.main([str(file), "--tsa-ca", str(file)]) == 2
    assert "certificates can't be read" in capsys.readouterr().err


def test_the_receipts_of_a_stamped_desk_log_are_those_of_the_portal(tsa, tmp_path, capsys):
    portal = a_log(tsa)
    desk = PublicationLog("desk", "valbourg")
    desk.stamps = Stamps()
    confirmed = dataclasses.replace(put(1), action="confirm")
    desk.append(confirmed, NOON, "", receipt=Receipt(1, portal.line(1).hash))
    desk.stamp(1, tsa.stamp(desk.head), NOON, NOON)
    files = {"portal": portal, "desk": desk}
    for name, log in files.items():
        (tmp_path / name).write_bytes(b"".join(downloaded(log)))
    assert command.main([str(tmp_path / "portal"), "--desk", str(tmp_path / "desk")]) == 0


def test_the_first_time_stamp_that_covers_an_entry_is_its_proof(tsa):
    log = a_log(tsa)
    log.append(put(3), NOON + timedelta(hours=2), "publisher")
    assert [log.stamps.of(number) and log.stamps.of(number).number for number in (1, 2, 4)] == [
        3,
        3,
        None,
    ]
    log.stamp(4, tsa.stamp(log.head), NOON, NOON + timedelta(hours=3))
    assert [log.stamps.of(number).number for number in (1, 4)] == [3, 5]
