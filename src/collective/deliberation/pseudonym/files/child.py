"""The process that opens files: ``python -m collective.deliberation.pseudonym.files.child``.

Libraries in C read what anybody may have written. Here they can neither take the server down with them
nor hold it up: memory and time are bounded, nothing can be written, and whoever waits for an answer
kills this process when it is late (see ``isolated``). Its standard input is its end of a ``line``.
"""

import logging
import os
import resource
import select
import socket
import warnings
from collective.deliberation.pseudonym.files import cleaning
from collective.deliberation.pseudonym.files import line
from collective.deliberation.pseudonym.files import page_pictures
from collective.deliberation.pseudonym.files import redaction
from collective.deliberation.pseudonym.files import text_layer
from collective.deliberation.pseudonym.files.analysis import analyse
from collective.deliberation.pseudonym.files.analysis import visible_text
from collective.deliberation.pseudonym.files.mapped import File
from collective.deliberation.pseudonym.files.mapped import mapped
from collective.deliberation.pseudonym.files.mapped import Piece
from collective.deliberation.pseudonym.files.passages import Box
from collective.deliberation.pseudonym.files.passages import MAX_FILE
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.pseudonym.register import Register
from itertools import accumulate
from typing import Any
from typing import BinaryIO


_MEMORY = (3 << 30) + 2 * MAX_FILE  # bytes of address space: to work in, and to map a file twice
_IDLE = 300  # seconds after which it ends


def carry_out(task: dict[str, Any], file: File, out: BinaryIO) -> dict[str, Any]:
    """One task: see the functions of ``isolated``, which have the same names.

    :param out: what is made is written there
    :raises Unreadable: as they do
    """
    name, mime = task["task"], task["mime"]
    if name == "analyse":
        register, exempt = Register.from_json(task["register"]), tuple(task["exempt"])
        return analyse(file, mime, register, exempt, task["seconds"]).to_json()
    if name == "clean":
        cleaning.write(file, mime, out, task["bare"])
        return {}
    if name == "text":
        return {"text": visible_text(file, mime)}
    if name == "page":
        out.write(page_pictures.for_screen(file, mime, task["page"]))
        return {}
    if name == "joined":
        starts = accumulate(task["sizes"], initial=0)
        text_layer.join(
            (Piece(file, *each) for each in zip(starts, task["sizes"], strict=False)), out
        )
        return {}
    boxes = {int(n): [Box(*sides) for sides in found] for n, found in task["boxes"].items()}
    if name == "burnt":
        out.write(redaction.part(file, boxes, task["first"], task["last"]))
        return {}
    copy, mime = redaction.redact(file, mime, boxes)
    out.write(copy)
    return {"mime": mime}


def answer_to(task: dict[str, Any], descriptor: int, out: line.Chunks) -> dict[str, Any]:
    try:
        value = carry_out(task, mapped(descriptor), out)
        out.end()
        return {"value": value}
    except Unreadable as error:
        return {"refused": error.reason}
    except MemoryError:
        return {"refused": "too-large"}
    except Exception as error:
        return {"failed": type(error).__name__}


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    server = socket.socket(fileno=os.dup(0))
    while select.select([server], [], [], _IDLE)[0]:
        try:
            task, descriptor = line.asked(server)
        except EOFError:
            return
        try:
            answer = answer_to(task, descriptor, line.Chunks(server))
        finally:
            os.close(descriptor)
        line.answer(server, answer)


if __name__ == "__main__":
    main()
