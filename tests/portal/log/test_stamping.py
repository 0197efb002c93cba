"""The ends of logs are time-stamped: once for what is new, whatever the authority does, and anybody sees it."""

import json
import pytest
import requests
import transaction
from collective.deliberation.operations import metrics
from collective.deliberation.operations.stamping import logs
from collective.deliberation.portal.log.record import log_of
from collective.deliberation.publishing.log import command
from collective.deliberation.publishing.log.authority import Settings
from collective.deliberation.publishing.log.stamper import Stamper


class Clock:
    """Seconds since 1970, ahead of the true ones by what a test says."""

    now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture()
def stamper(site, tsa):
    db = site.site.getPhysicalRoot()._p_jar.db()
    return Stamper(db, Settings(tsa.url, str(tsa.ca), minutes=10), logs, Clock())


def put(publisher, document):
    return publisher.put(f"/@published/{document['uid']}", json=document)


def get(site, path):
    """As a citizen's browser."""
    return requests.get(
        f"{site.base}/valbourg/{path}", timeout=60, headers={"Accept-Language": "fr"}
    )


def log(site):
    transaction.begin()
    return log_of(site.site.valbourg)


def actions(site):
    return [line.entry.what.action for line in log(site).lines()]


def figures(site):
    transaction.begin()
    found = [("portal", site.site)]
    return {
        family.name: [sample.value for sample in family.samples]
        for family in metrics.stamps(found, 1e12)
    }


def test_what_is_new_is_stamped_once_and_at_most_each_so_many_minutes(
    site, publisher, send, stamper, tsa
):
    assert (stamper.run_once(), tsa.asked) == (0, 0)
    put(publisher, send.meeting())
    assert [stamper.run_once() for _each in range(3)] == [1, 0, 0]
    assert actions(site) == ["publish", "timestamp"]
    put(publisher, send.item())
    stamper.clock.now += 9 * 60
    assert stamper.run_once() == 0
    stamper.clock.now += 2 * 60
    assert stamper.run_once() == 1
    assert actions(site) == ["publish", "timestamp", "publish", "timestamp"]
    stamper.clock.now += 3_600
    assert (stamper.run_once(), tsa.asked) == (0, 2)


def test_the_download_holds_and_the_command_proves_each_entry(
    site, publisher, send, stamper, tsa, tmp_path, capsys
):
    put(publisher, send.meeting())
    put(publisher, send.item())
    stamper.run_once()
    file = tmp_path / "log.jsonl"
    file.write_bytes(get(site, "journal-de-publication.jsonl").content)
    assert command.main([str(file), "--tsa-ca", str(tsa.ca)]) == 0
    said = capsys.readouterr().out
    assert said.count("(time-stamp 3)") == 2
    assert "that you trust: 1." in said


@pytest.mark.parametrize("answer", [503, b"garbage", "another authority"])
def test_an_authority_that_fails_stops_no_publication_and_is_asked_again(
    site, publisher, send, stamper, tsa, other_tsa, answer, caplog
):
    put(publisher, send.meeting())
    tsa.answer = other_tsa.stamp("0" * 64) if isinstance(answer, str) else answer
    assert (stamper.run_once(), stamper.run_once(), tsa.asked) == (0, 0, 1)
    assert put(publisher, send.item()).status_code in (200, 201)
    assert figures(site)["deliberation_timestamp_failed_tries"] == [1]
    assert tsa.url not in caplog.text
    stamper.clock.now += 61
    assert (stamper.run_once(), tsa.asked) == (0, 2)
    tsa.answer = None
    stamper.clock.now += 61
    assert stamper.run_once() == 0  # the pause after a second failure is longer
    stamper.clock.now += 60
    assert stamper.run_once() == 1
    assert actions(site) == ["publish", "publish", "timestamp"]
    assert figures(site)["deliberation_timestamp_failed_tries"] == [0]
    assert figures(site)["deliberation_timestamp_age_seconds"] == []


def test_of_several_clients_one_asks_and_one_that_dies_is_followed_by_another(
    site, publisher, send, stamper, tsa, monkeypatch
):
    class Crash(BaseException):
        pass

    def dies(*arguments):
        raise Crash

    put(publisher, send.meeting())
    with monkeypatch.context() as dying:
        dying.setattr("collective.deliberation.publishing.log.authority.ask", dies)
        with pytest.raises(Crash):
            stamper.run_once()
    other = Stamper(stamper.db, stamper.settings, logs, stamper.clock)
    assert (other.run_once(), tsa.asked) == (0, 0)
    stamper.clock.now += 121
    assert (other.run_once(), stamper.run_once(), tsa.asked) == (1, 0, 1)


def test_a_log_that_grows_while_the_authority_thinks_is_stamped_where_it_was(
    site, publisher, send, stamper, tsa
):
    put(publisher, send.meeting())
    reply = tsa.reply

    def slowly(query):
        put(publisher, send.item())
        return reply(query)

    tsa.reply = slowly
    try:
        assert stamper.run_once() == 1
    finally:
        del tsa.reply
    assert actions(site) == ["publish", "publish", "timestamp"]
    assert log(site).line(3).entry.receipt.number == 1
    assert log(site).stamps.of(2) is None


def test_the_pages_say_what_is_stamped_and_what_is_not_yet(site, publisher, send, stamper):
    put(publisher, send.meeting())
    proof = f"preuve-de-publication/{send.MEETING}"
    for page in (proof, "preuve-de-publication"):
        assert "orodatage" not in get(site, page).text
    stamper.run_once()
    put(publisher, send.item())
    assert "Un tiers atteste que cette inscription existait le" in get(site, proof).text
    assert "Pas encore" in get(site, f"preuve-de-publication/{send.ITEM}").text
    assert "Dernier horodatage" in get(site, "preuve-de-publication").text
    (stamp,) = json.loads(get(site, f"{proof}.json").content)["timestamps"]
    assert stamp == {
        "entry": 1,
        "existedAt": log(site).stamps.last.moment.isoformat(),
        "timestamp": 2,
        "covers": 1,
    }
