"""What people and machines do at the same time: the database merges what they write, nobody must begin anew."""

import io
import pytest
from collective.deliberation.portal import files
from collective.deliberation.portal.admission.nonces import nonces_of
from collective.deliberation.portal.received import received
from collective.deliberation.publishing.outbox import Outbox
from hashlib import sha256
from persistent import Persistent
from transaction import TransactionManager
from ZODB.DB import DB
from ZODB.FileStorage import FileStorage
from zope.annotation.interfaces import IAttributeAnnotatable
from zope.interface import implementer


NOW = 1_800_000_000.0
LATER = 1e12  # after any job's moment
CONTENTS = [b"un", b"deux", b"trois"]
DIGESTS = [sha256(each).hexdigest() for each in CONTENTS]


@implementer(IAttributeAnnotatable)
class Folder(Persistent):
    pass


class Clients:
    """Two Zope clients of one site, each with its own view of the database."""

    def __init__(self, db):
        self.managers = [TransactionManager() for _ in range(2)]
        self.connections = [db.open(manager) for manager in self.managers]
        self.connections[0].root()["valbourg"] = Folder()
        self.managers[0].commit()

    def alone(self, act):
        self.at_once(act, lambda folder: None)

    def at_once(self, *acts):
        """Both see the state before; then both commit."""
        for manager in self.managers:
            manager.begin()
        for connection, act in zip(self.connections, acts, strict=True):
            act(connection.root()["valbourg"])
        for manager in self.managers:
            manager.commit()

    def folder(self):
        self.managers[1].begin()
        return self.connections[1].root()["valbourg"]


@pytest.fixture()
def clients(integration, tmp_path):
    db = DB(FileStorage(str(tmp_path / "Data.fs"), blob_dir=str(tmp_path / "blobs")))
    yield Clients(db)
    db.close()


def comes(number):
    return lambda folder: files.store(folder, DIGESTS[number], io.BytesIO(CONTENTS[number]), NOW)


def is_shown(number):
    """A document that names the file arrives."""

    def act(folder):
        files.use(received(folder), "a" * 32, set(), {DIGESTS[number]}, NOW)

    return act


def waiting(folder):
    index = received(folder)
    return [sha256 for sha256 in index.files if not index.files[sha256].users]


def test_a_file_comes_while_the_only_one_that_waited_gets_its_document(clients):
    clients.alone(comes(0))
    clients.at_once(is_shown(0), comes(1))
    assert waiting(clients.folder()) == [DIGESTS[1]]
    clients.at_once(comes(2), is_shown(1))
    assert waiting(clients.folder()) == [DIGESTS[2]]


def test_a_file_that_waited_too_long_is_still_found_and_removed(clients):
    clients.alone(comes(0))
    clients.alone(lambda folder: files.sweep(received(folder), NOW + 2 * files.PATIENCE))
    assert list(received(clients.folder()).files) == []


def test_signed_requests_are_remembered_by_both(clients):
    def asks(nonce):
        def act(folder):
            assert nonces_of(folder).is_new(nonce, int(NOW) + 300, NOW)

        return act

    clients.alone(asks("first"))
    for number in range(300):
        clients.at_once(asks(f"one{number}"), asks(f"other{number}"))
    known = nonces_of(clients.folder())
    for number in range(300):
        assert not known.is_new(f"one{number}", int(NOW) + 300, NOW)
        assert not known.is_new(f"other{number}", int(NOW) + 300, NOW)


def approves(number):
    """An agent's transaction queues a job."""

    def act(folder):
        known = folder.outbox.known(f"{number:032x}", "valbourg")
        folder.outbox.add(
            known,
            uid=f"{number:032x}",
            kind="item",
            action="put",
            institution="valbourg",
            revision=1,
        )

    return act


def claims(folder):
    assert folder.outbox.claim("deliverer", LATER) is not None


def ends(folder):
    folder.outbox.sent(folder.outbox.jobs[folder.outbox.ids("sending")[0]], LATER)


@pytest.mark.parametrize("before", [1, 2, 3])
def test_a_deliverer_never_makes_an_agent_try_again(clients, before):
    clients.alone(lambda folder: setattr(folder, "outbox", Outbox()))
    for number in range(before):
        clients.alone(approves(number))
    for number in range(10, 20):  # few enough for one bucket: a new one is a conflict
        clients.at_once(claims, approves(number))
        clients.at_once(ends, approves(number + 100))
    box = clients.folder().outbox
    assert box.counts() == {
        "waiting": before + 10,
        "sending": 0,
        "failed": 0,
        "parked": 0,
        "sent": 10,
    }
    assert sorted(len(box.ids(state)) for state in box.counts()) == [0, 0, 0, 10, before + 10]
