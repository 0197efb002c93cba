"""The process that opens files: ``python -m collective.deliberation.pseudonym.files.child``.

Libraries in C read what anybody may have written. Here they can neither take the server down with them
nor hold it up: memory and time are bounded, nothing can be written, and whoever waits for an answer
kills this process when it is late (see ``isolated``).
"""

import json
import logging
import resource
import select
import struct
import sys
import warnings
from collective.deliberation.pseudonym.files import page_pictures
from collective.deliberation.pseudonym.files import redaction
from collective.deliberation.pseudonym.files import text_layer
from collective.deliberation.pseudonym.files.analysis import analyse
from collective.deliberation.pseudonym.files.analysis import visible_text
from collective.deliberation.pseudonym.files.cleaning import clean
from collective.deliberation.pseudonym.files.cleaning import public_copy
from collective.deliberation.pseudonym.files.passages import Box
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.pseudonym.register import Register
from typing import Any
from typing import BinaryIO


_MEMORY = 3 << 30  # bytes of address space
_IDLE = 300  # seconds after which it ends
HEAD = struct.Struct("!QQ")  # sizes of the JSON and of the bytes that follow


def send(stream: BinaryIO, value: dict[str, Any], data: bytes) -> None:
    text = json.dumps(value).encode()
    stream.write(HEAD.pack(len(text), len(data)))
    stream.write(text)
    stream.write(data)
    stream.flush()


def carry_out(task: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """One task: see the functions of ``isolated``, which have the same names.

    :raises Unreadable: as they do
    """
    name, mime = task["task"], task["mime"]
    if name in ("analyse", "public_copy"):
        register, exempt = Register.from_json(task["register"]), tuple(task["exempt"])
        if name == "analyse":
            return analyse(data, mime, register, exempt, task["seconds"]).to_json(), b""
        copy, found = public_copy(data, mime, register, exempt)
        return found.to_json(), copy
    if name == "text":
        return {"text": visible_text(data, mime)}, b""
    if name == "page":
        return {}, page_pictures.for_screen(data, mime, task["page"])
    boxes = {int(n): [Box(*sides) for sides in found] for n, found in task["boxes"].items()}
    if name == "burnt":
        pages = range(task["first"], task["last"] + 1)
        return {}, text_layer.assembled(redaction.burnt(clean(data, mime), boxes, pages))
    copy, mime = redaction.redact(data, mime, boxes)
    return {"mime": mime}, copy


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    while select.select([source], [], [], _IDLE)[0]:
        head = source.read(HEAD.size)
        if len(head) < HEAD.size:
            return
        size, length = HEAD.unpack(head)
        task, data = json.loads(source.read(size)), source.read(length)
        try:
            value, made = carry_out(task, data)
            answer = {"value": value}
        except Unreadable as error:
            answer, made = {"refused": error.reason}, b""
        except MemoryError:
            answer, made = {"refused": "too-large"}, b""
        except Exception as error:
            answer, made = {"failed": type(error).__name__}, b""
        send(answers, answer, made)


if __name__ == "__main__":
    main()
