"""The subscriptions of a portal, in an annotation of its site: persistent, and small."""

from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from collections.abc import Iterator
from persistent import Persistent
from secrets import token_hex
from zope.annotation.interfaces import IAnnotations


NAME = "collective.deliberation.alerts"
UNCONFIRMED = 48 * 3600.0  # seconds for which an address is kept that nobody confirmed
MOST_OF_ONE = 20  # subscriptions of one address
MOST_PENDING = 200  # publications that wait for one digest; of more only the number


class Subscription(Persistent):
    """One address and one question. All times are POSIX times, 0.0 for never."""

    def __init__(self, id: str, address: str, owner: str, question: str, now: float):
        self.id = id
        self.address = address
        self.owner = owner  # a pseudonym of the address
        self.question = question  # query string as in the search, without "?"
        self.asked = now
        self.confirmed = 0.0
        self.pending: tuple[str, ...] = ()  # paths below the site, not told of yet
        self.more = 0  # how many were too many to keep
        self.taken: tuple[str, ...] = ()  # those of the digest that is under way
        self.taken_at = 0.0
        self.interrupted = False  # a digest was under way when its process died
        self.failures = 0
        self.not_before = 0.0


class Subscriptions(Persistent):
    def __init__(self, now: float):
        self.all = OOBTree()  # id: Subscription
        self.owners = OOBTree()  # pseudonym of an address: ids
        self.questions = OOBTree()  # question: ids of confirmed ones
        self.unconfirmed = OOTreeSet()  # (asked, id)
        self.to_confirm = OOTreeSet()  # ids that wait for the message that asks to confirm
        self.due = OOTreeSet()  # ids that wait for a digest
        self.under_way = OOTreeSet()  # ids of which a digest is being sent
        self.attempts = OOBTree()  # pseudonym of an address or a network: times
        self.seen = now  # what came until then was looked at
        self.next_round = 0.0

    def add(self, address: str, owner: str, question: str, now: float) -> Subscription | None:
        """A subscription that waits to be confirmed; ``None`` when there are too many of this address.

        The same once more is no second one; what was confirmed stays so.
        """
        ids = self.owners.get(owner, ())
        same = next((self.all[id] for id in ids if self.all[id].question == question), None)
        if same is not None:
            if not same.confirmed:
                self.to_confirm.insert(same.id)
            return same
        if len(ids) >= MOST_OF_ONE:
            return None
        made = Subscription(token_hex(12), address, owner, question, now)
        self.all[made.id] = made
        self.owners[owner] = (*ids, made.id)
        self.unconfirmed.insert((now, made.id))
        self.to_confirm.insert(made.id)
        return made

    def confirm(self, id: str, now: float) -> bool:
        """Whether the subscription is confirmed now: a second time changes nothing."""
        found = self.all.get(id)
        if found is None or (not found.confirmed and now - found.asked > UNCONFIRMED):
            return False
        if not found.confirmed:
            found.confirmed = now
            self.unconfirmed.remove((found.asked, id))
            self._put(self.questions, found.question, id)
        return True

    def remove(self, id: str) -> bool:
        """Forget a subscription and its address; whether there was one."""
        found = self.all.pop(id, None)
        if found is None:
            return False
        self._take(self.owners, found.owner, id)
        if found.confirmed:
            self._take(self.questions, found.question, id)
        for waiting in (self.to_confirm, self.due, self.under_way):
            if id in waiting:
                waiting.remove(id)
        if (found.asked, id) in self.unconfirmed:
            self.unconfirmed.remove((found.asked, id))
        return True

    def remove_owner(self, owner: str) -> int:
        """Forget all subscriptions of an address; how many there were."""
        return sum(self.remove(id) for id in tuple(self.owners.get(owner, ())))

    def purge(self, now: float) -> int:
        """Forget what nobody confirmed in time; how many there were."""
        late = [id for _asked, id in self.unconfirmed.keys(max=(now - UNCONFIRMED, "~"))]
        return sum(self.remove(id) for id in late)

    def publish(self, question: str, paths: tuple[str, ...], now: float) -> None:
        """Note for all who asked this that these were published."""
        for id in self.questions.get(question, ()):
            found = self.all[id]
            known = {*found.pending, *found.taken}
            new = (*found.pending, *(path for path in paths if path not in known))
            found.more += max(0, len(new) - MOST_PENDING)
            found.pending = new[:MOST_PENDING]
            self.due.insert(id)

    def due_at(self, now: float) -> Iterator[str]:
        return (id for id in list(self.due) if self.all[id].not_before <= now)

    def _put(self, tree: OOBTree, key: str, id: str) -> None:
        tree[key] = (*tree.get(key, ()), id)

    def _take(self, tree: OOBTree, key: str, id: str) -> None:
        left = tuple(each for each in tree.get(key, ()) if each != id)
        if left:
            tree[key] = left
        else:
            tree.pop(key, None)


def peek(site) -> Subscriptions | None:
    """The subscriptions of a portal, for reading; ``None`` when nobody ever asked."""
    return IAnnotations(site).get(NAME)


def subscriptions(site, now: float) -> Subscriptions:
    """The subscriptions of a portal, for writing."""
    annotations = IAnnotations(site)
    if NAME not in annotations:
        annotations[NAME] = Subscriptions(now)
    return annotations[NAME]
