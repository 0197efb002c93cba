"""Why the portal did not take what a desk sent, with a message for the person who must act."""

from dataclasses import dataclass
from typing import Any


@dataclass
class Refusal(Exception):
    """An answer other than success. ``retry`` says that the same call can succeed later as it is."""

    status: int
    type: str  # for programs, stable
    message: str  # a message id
    field: str = ""  # path in the document
    missing: tuple[str, ...] = ()  # SHA-256 of the files to send first
    retry: bool = False
    wait: int = 0  # seconds, for Retry-After

    def to_dict(self, message: str) -> dict[str, Any]:
        answer: dict[str, Any] = {"type": self.type, "message": message, "retry": self.retry}
        if self.field:
            answer["field"] = self.field
        if self.missing:
            answer["missing"] = list(self.missing)
        return answer
