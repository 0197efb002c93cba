"""Figures as OpenMetrics text (https://prometheus.io/docs/specs/om/open_metrics_spec/, version 1.0). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


CONTENT_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Sample:
    value: float
    labels: tuple[tuple[str, str], ...] = ()
    suffix: str = ""  # "_count", "_sum", "_bucket" of a summary or a histogram


@dataclass(frozen=True, slots=True)
class Family:
    """One figure with all its samples. ``unit`` is the last word of the name, as ``seconds``, or empty."""

    name: str  # without "_total"
    type: Literal["gauge", "counter", "summary", "histogram"]
    help: str
    samples: tuple[Sample, ...]
    unit: str = ""


def sample(value: float, suffix: str = "", **labels: str) -> Sample:
    return Sample(float(value), tuple(sorted(labels.items())), suffix)


def text(families: Iterable[Family]) -> bytes:
    lines = []
    for family in families:
        lines.append(f"# TYPE {family.name} {family.type}")
        if family.unit:
            lines.append(f"# UNIT {family.name} {family.unit}")
        lines.append(f"# HELP {family.name} {_escaped(family.help)}")
        total = "_total" if family.type == "counter" else ""
        for each in family.samples:
            labels = ",".join(f'{name}="{_escaped(value)}"' for name, value in each.labels)
            name = f"{family.name}{each.suffix}{total}"
            lines.append(
                f"{name}{{{labels}}} {_number(each.value)}"
                if labels
                else f"{name} {_number(each.value)}"
            )
    return "\n".join([*lines, "# EOF", ""]).encode()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
