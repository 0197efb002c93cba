"""Short transactions of a deliverer, in connections of their own, tried again when they meet another one."""

import time
import transaction
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from random import random
from transaction.interfaces import TransientError
from typing import Any
from ZODB.DB import DB
from zope.component.hooks import getSite
from zope.component.hooks import setSite


TRIES = 12
PAUSE = 0.02  # seconds; up to twice as long each time, at random, so that two don't meet again


@contextmanager
def opened(db: DB) -> Iterator[tuple[Any, transaction.TransactionManager]]:
    """The application, in a connection and with transactions of its own."""
    manager = transaction.TransactionManager()
    manager.begin()
    connection = db.open(manager)
    before = getSite()
    try:
        yield connection.root()["Application"], manager
    finally:
        setSite(before)
        manager.abort()
        connection.close()


def committed(manager: transaction.TransactionManager, call: Callable[[], Any]) -> Any:
    """What ``call`` returns, done in a transaction of its own; called again after a conflict."""
    for attempt in range(TRIES):
        manager.begin()
        try:
            answer = call()
            manager.commit()
            return answer
        except TransientError:
            manager.abort()
            if attempt == TRIES - 1:
                raise
            time.sleep(random() * PAUSE * 2 ** min(attempt, 6))
        except BaseException:
            manager.abort()
            raise
