"""Caches are told of each publication, exactly, once it is committed, and until they hear."""

import published_samples as samples
import pytest
import transaction
from collective.deliberation.portal.caching import keys
from collective.deliberation.portal.caching import purging
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from threading import Thread
from time import monotonic
from time import sleep


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
    before = purging.PURGER.failures
    purging.PURGER.purge((cache.url,), ("a", "b"))
    cache.until(lambda: purging.PURGER.failures > before)
    assert cache.told == []
    cache.broken = False
    cache.until(lambda: cache.told == [["a", "b"]] * 2)


def test_a_flood_of_keys_becomes_one_for_all():
    waiting = purging.Waiting()
    waiting.add((f"meeting:{number}" for number in range(purging.MOST_KEYS + 1)), 0.0)
    assert waiting.next(0.0) == [keys.ALL]


def test_an_institutions_change_purges_all_that_is_its_own(site, cache):
    from zope.event import notify
    from zope.lifecycleevent import ObjectModifiedEvent

    cache.told.clear()
    notify(ObjectModifiedEvent(site.institution))
    transaction.commit()
    cache.until(lambda: "all:valbourg" in cache.heard())
    assert cache.heard() == {"portal", "all:valbourg"}
