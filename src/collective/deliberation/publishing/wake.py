"""The bell between a transaction that adds a job and a deliverer in the same process."""

from threading import Event


WAKE = Event()
