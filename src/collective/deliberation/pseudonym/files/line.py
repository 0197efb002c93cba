"""What the server and the process that opens files say to each other, over a pair of sockets.

There: a task as JSON, and with it the open descriptor of its file; no path, for a cache of blobs may drop that, and
none of the bytes. Back: the bytes of what was made, in chunks as they come, then an answer as JSON.
"""

import io
import json
import socket
import struct
from collective.deliberation.pseudonym.files.passages import Unreadable
from typing import Any
from typing import BinaryIO


CHUNK = 1 << 18  # bytes
_HEAD = struct.Struct("!cQ")  # what follows, and its size in bytes
_TASK, _BYTES, _ANSWER = b"t", b"b", b"a"
_MOST_SAID = 256 << 20  # bytes of JSON


class Chunks(io.RawIOBase):
    """What is written here is sent, ``CHUNK`` bytes at a time; ``end`` sends the rest."""

    def __init__(self, line: socket.socket):
        self.line = line
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        with memoryview(data).cast("B") as view:
            for start in range(0, len(view), CHUNK):
                self.waiting += view[start : start + CHUNK]
                while len(self.waiting) >= CHUNK:
                    self._send(CHUNK)
            return len(view)

    def end(self) -> None:
        if self.waiting:
            self._send(len(self.waiting))

    def _send(self, size: int) -> None:
        self.line.sendall(_HEAD.pack(_BYTES, size))
        self.line.sendall(self.waiting[:size])
        del self.waiting[:size]


def ask(line: socket.socket, task: dict[str, Any], descriptor: int) -> None:
    text = json.dumps(task).encode()
    socket.send_fds(line, [_HEAD.pack(_TASK, len(text))], [descriptor])
    line.sendall(text)


def asked(line: socket.socket) -> tuple[dict[str, Any], int]:
    """The next task, and the descriptor of its file, to be closed.

    :raises EOFError: when there is none any more
    """
    head, descriptors, _flags, _address = socket.recv_fds(line, _HEAD.size, 1, socket.MSG_WAITALL)
    if len(head) < _HEAD.size or not descriptors:
        raise EOFError
    _kind, size = _HEAD.unpack(head)
    return json.loads(_received(line, size)), descriptors[0]


def answer(line: socket.socket, value: dict[str, Any]) -> None:
    text = json.dumps(value).encode()
    line.sendall(_HEAD.pack(_ANSWER, len(text)) + text)


def answered(line: socket.socket, target: BinaryIO, most: int) -> dict[str, Any]:
    """The answer; what comes before it is written to ``target``, at most ``most`` bytes.

    The other side has read a file that anybody may have written: it isn't trusted here either.

    :raises EOFError: when it ends, or says something else
    :raises Unreadable: when it sends more
    """
    while True:
        kind, size = _HEAD.unpack(_received(line, _HEAD.size))
        if kind == _ANSWER and size <= _MOST_SAID:
            return json.loads(_received(line, size))
        if kind != _BYTES or size > CHUNK:
            raise EOFError
        most -= size
        if most < 0:
            raise Unreadable("too-large")
        if target.write(_received(line, size)) != size:
            raise OSError("the copy could not be written whole")


def _received(line: socket.socket, size: int) -> bytearray:
    data = bytearray(size)
    with memoryview(data) as view:
        done = 0
        while done < size:
            count = line.recv_into(view[done:])
            if not count:
                raise EOFError
            done += count
    return data
