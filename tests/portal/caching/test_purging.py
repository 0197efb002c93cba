"""Caches are told of each publication, exactly, once it is committed, and until they hear."""

import os
import published_samples as samples
import pytest
import signal
import transaction
from collective.deliberation.portal.caching import journal
from collective.deliberation.portal.caching import keeping
from collective.deliberation.portal.caching import keys
from collective.deliberation.portal.caching import purger
from collective.deliberation.portal.caching import purging
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from threading import Event
from threading import Thread
from time import monotonic
from time import sleep
from time import time


PAST = "meeting:valbourg" + samples.address(samples.PAST).removeprefix("/valbourg")


class Cache:
    """A server that writes down what it is told; ``broken`` makes it refuse."""

    def __init__(self):
        cache = self
        self.told, self.broken = [], False

        class Handler(BaseHTTPRequestHandler):
            def do_PURGE(self):  # noqa: N802 (http.server)
                if not cache.broken:
                    cache.told.append(self.headers[keys.HEADER].split())
                self.send_response(503 if cache.broken else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def heard(self):
        return {key for told in self.told for key in told}

    def until(self, condition):
        deadline = monotonic() + 20
        while not condition():
            assert monotonic() < deadline, self.told
            sleep(0.02)  # the pace of the poll


@pytest.fixture()
def cache(monkeypatch):
    cache = Cache()
    monkeypatch.setenv(purging.SERVERS, cache.url)
    yield cache
    cache.server.shutdown()
    keeping.stop()


def revised(publication, **changes):
    record = replace(publication.record, **changes)
    return replace(publication, revision=publication.revision + 1, record=record)


def test_a_publication_purges_what_shows_it_and_nothing_else(site, cache):
    cache.told.clear()
    site.publish(revised(samples.PAST_ITEMS[0], title="Autre"))
    cache.until(lambda: PAST in cache.heard())
    assert cache.heard() == {"portal", "institution:valbourg", PAST}


def test_each_answer_carries_the_keys_of_what_it_shows(site, cache):
    def carried(path):
        answer = site.get(path)
        assert "s-maxage=" in answer.headers["Cache-Control"], path
        return set(answer.headers[keys.HEADER].split())

    item = samples.address(samples.PAST, samples.PAST_ITEMS[0])
    every = {"all", "all:valbourg"}
    assert carried(item) == {*every, PAST}
    assert carried(samples.address(samples.PAST)) == {*every, PAST, "meetings:valbourg"}
    assert carried("/valbourg") == {*every, "institution:valbourg"}
    assert carried("/valbourg/sitemap.xml.gz") == {*every, "institution:valbourg"}
    assert carried("/@@deliberations") == {"all", "portal"}
    (annex,) = (samples.PAST.record.annexes[0],)
    file = f"{samples.address(samples.PAST)}/annexes/{annex.uid[:8]}.pdf"
    assert carried(file) == {*every, PAST}


def test_without_a_cache_that_is_told_nothing_may_be_kept_unasked(site):
    for path in ("/@@deliberations", samples.address(samples.PAST)):
        answer = site.get(path)
        assert "s-maxage" not in answer.headers["Cache-Control"]
        assert keys.HEADER not in answer.headers


def test_an_aborted_publication_purges_nothing(site, cache):
    cache.told.clear()
    purging.after_commit(("aborted",))
    transaction.abort()
    purging.after_commit(("committed",))
    transaction.commit()
    cache.until(lambda: "committed" in cache.heard())
    assert "aborted" not in cache.heard()


def test_a_worker_with_transactions_of_its_own_purges_by_those(cache):
    cache.told.clear()
    manager = transaction.TransactionManager()
    purging.after_commit(("worker",), manager)
    transaction.commit()
    manager.commit()
    cache.until(lambda: cache.told == [["worker"]] * 2)


def test_a_cache_that_was_away_is_told_when_it_is_back_and_everything_twice(cache):
    cache.broken = True
    before = purger.PURGER.failures
    purger.PURGER.purge((cache.url,), ("a", "b"))
    cache.until(lambda: purger.PURGER.failures > before)
    assert cache.told == []
    cache.broken = False
    cache.until(lambda: cache.told == [["a", "b"]] * 2)


def test_a_flood_of_keys_becomes_one_for_all():
    waiting = purger.Waiting()
    waiting.add((f"meeting:{number}" for number in range(purger.MOST_KEYS + 1)), 0.0)
    assert waiting.next(0.0) == [keys.ALL]


def test_an_institutions_change_purges_all_that_is_its_own(site, cache):
    from zope.event import notify
    from zope.lifecycleevent import ObjectModifiedEvent

    cache.told.clear()
    notify(ObjectModifiedEvent(site.institution))
    transaction.commit()
    cache.until(lambda: "all:valbourg" in cache.heard())
    assert cache.heard() == {"portal", "all:valbourg"}


class Crash(BaseException):
    """The client's process ends here: what it had in memory is gone."""


def _die(*arguments):
    raise Crash


def entries(site):
    transaction.begin()
    kept = journal.peek(site.plone)
    return [set(stale) for _id, stale in kept.entries()] if kept is not None else []


def another_client(site, seconds):
    """The keeper of a client that lives, so many seconds later."""
    db = site.plone.getPhysicalRoot()._p_jar.db()
    return keeping.Keeper(db, purging.servers, lambda: time() + seconds)


def test_who_dies_between_commit_and_purge_leaves_it_to_another_client(site, cache, monkeypatch):
    cache.told.clear()
    with monkeypatch.context() as dying:
        dying.setattr(purger.PURGER, "purge", _die)
        site.publish(revised(samples.PAST_ITEMS[0], title="Autre"))
    stale = {"portal", "institution:valbourg", PAST}
    assert "Autre" in site.get(samples.address(samples.PAST, samples.PAST_ITEMS[0])).text
    assert entries(site) == [stale]
    assert cache.told == []
    other = another_client(site, 20)
    other.look()
    assert entries(site) == [stale]  # the one that published may still be at it
    other.clock = lambda: time() + 40
    other.look()
    cache.until(lambda: other.told)
    assert cache.heard() == stale
    assert cache.told == [sorted(stale)] * 2
    other.look()
    assert entries(site) == []


def test_what_caches_took_is_taken_out_and_what_they_did_not_stays(site, cache):
    cache.broken = True
    failures = purger.PURGER.failures
    site.publish(revised(samples.PAST_ITEMS[0], title="Autre"))
    keeper = keeping.of(site.plone.getPhysicalRoot()._p_jar.db(), purging.servers)
    cache.until(lambda: purger.PURGER.failures > failures)
    keeper.look()
    assert len(entries(site)) == 1
    cache.broken = False
    cache.until(lambda: keeper.told or not entries(site))  # or its own thread was first
    keeper.look()
    assert entries(site) == []


def test_one_transaction_leaves_one_entry_and_an_aborted_one_none(site, cache):
    purging.after_commit(("a",))
    purging.after_commit(("b",))
    transaction.abort()
    assert entries(site) == []
    purging.after_commit(("a",))
    purging.after_commit(("b",))
    transaction.commit()
    assert entries(site) == [{"a", "b"}]


def test_without_a_cache_nothing_is_written(site):
    site.publish(revised(samples.PAST_ITEMS[0], title="Autre"))
    transaction.begin()
    assert journal.peek(site.plone) is None


def test_a_desk_in_the_same_process_keeps_no_journal(desk, cache):
    purging.after_commit(("portal",))
    assert journal.peek(desk) is None
    transaction.abort()


def test_an_uninstalled_portal_has_no_journal_left(portal, cache):
    purging.after_commit(("portal",))
    assert len(journal.peek(portal)) == 1
    profile = "profile-collective.deliberation:uninstall-portal"
    portal.portal_setup.runAllImportStepsFromProfile(profile)
    assert journal.peek(portal) is None
    transaction.abort()


def test_caches_that_were_taken_away_leave_no_entries(site, cache, monkeypatch):
    cache.broken = True
    site.publish(revised(samples.PAST_ITEMS[0], title="Autre"))
    monkeypatch.delenv(purging.SERVERS)
    another_client(site, 40).look()
    assert entries(site) == []


def test_publications_at_once_and_the_keeper_never_meet_in_the_journal(site, cache):
    """Each of three transactions begins before the others end, all in one lane."""
    purging.after_commit(("before",))
    transaction.commit()
    ((first, _stale),) = journal.peek(site.plone).entries()
    oid, db = journal.peek(site.plone)._p_oid, site.plone._p_jar.db()
    managers = [transaction.TransactionManager() for _each in range(3)]
    connections = [db.open(manager) for manager in managers]
    kept = [connection.get(oid) for connection in connections]
    kept[0].write(f"1-{first[-8:]}", ("one",))
    kept[1].write(f"2-{first[-8:]}", ("two",))
    kept[2].remove((first,))
    for manager in managers:
        manager.commit()
    for connection in connections:
        connection.close()
    assert entries(site) == [{"one"}, {"two"}]


def test_a_purge_is_done_when_each_cache_took_all_of_it_twice_even_if_more_comes():
    waiting = purger.Waiting()
    ticket = purger.Ticket(("a", "b"), lambda: None)
    waiting.add(ticket.stale, 0.0, ticket)
    assert waiting.done(("a", "b"), 0.0) == []
    waiting.add(("a",), 1.0)
    assert waiting.done(("a", "b"), 2.0) == [ticket]
    late = purger.Ticket(("c",), lambda: None)
    waiting.add(late.stale, 3.0, late)
    waiting.add((f"meeting:{number}" for number in range(purger.MOST_KEYS)), 3.0)
    assert waiting.done((keys.ALL,), 5.0) == [late]


def test_a_forked_process_tells_caches_though_its_parent_had_a_thread_for_them(cache):
    purger.PURGER.purge((cache.url,), ("parent",))
    cache.until(lambda: "parent" in cache.heard())
    child = os.fork()
    if child == 0:
        purger.PURGER.purge((cache.url,), ("child",))
        Event().wait(20)  # its parent ends it
        os._exit(0)
    try:
        cache.until(lambda: "child" in cache.heard())
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
