"""The bounded memory of whole answers."""

from collective.deliberation.portal.caching.memory import Kept
from collective.deliberation.portal.caching.memory import OVERHEAD
from collective.deliberation.portal.caching.memory import Shelf
from collective.deliberation.portal.pages import answer


def kept(size=10):
    body = b"x" * size
    return Kept(body, answer.validators(body, 0), (), "main", (), 0.0)


def test_the_answers_used_last_stay():
    shelf = Shelf(entries=2, size=2**20)
    shelf.put("a", kept())
    shelf.put("b", kept())
    assert shelf.get("a")
    shelf.put("c", kept())
    assert [key for key in "abc" if shelf.get(key)] == ["a", "c"]


def test_never_more_bytes_than_the_room_has():
    shelf = Shelf(entries=1000, size=100 * OVERHEAD)
    for number in range(300):
        shelf.put(number % 150, kept(size=number * 20))
        assert shelf.used <= shelf.size
    assert shelf.used == sum(shelf.get(key).size for key in range(150) if shelf.get(key))


def test_one_answer_never_pushes_out_all_others():
    shelf = Shelf(entries=10, size=80 * OVERHEAD)
    shelf.put("small", kept())
    shelf.put("large", kept(size=20 * OVERHEAD))
    assert shelf.get("small") and not shelf.get("large")
