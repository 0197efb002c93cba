"""An institution's three colours, kept readable: darkened or lightened until their contrast suffices. Pure.

Contrast is WCAG 2.2's relative luminance ratio; 4.5 is what level AA asks for text.
"""

import re
from functools import lru_cache


DEFAULT = "#1f4e79"
LIGHT_GROUND = "#f3f6f9"  # the darkest surface of the light scheme, see static/portal.css
DARK_GROUND = "#1a222d"  # the lightest surface of the dark scheme, see static/portal.css
ENOUGH = 4.5

_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


def channels(colour: str) -> tuple[int, int, int] | None:
    """The red, green and blue of ``#1f4e79`` or ``#abc``; ``None`` for anything else."""
    match = _HEX.fullmatch(colour.strip())
    if match is None:
        return None
    digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=1024)
def readable(colour: str, ground: str) -> str:
    """The colour nearest to ``colour`` that can be read on ``ground``; the default's if it is none."""
    rgb = channels(colour) or channels(DEFAULT)
    target = 0 if _luminance(ground) > 0.18 else 255
    for step in range(101):
        mixed = _hex(round(part + (target - part) * step / 100) for part in rgb)
        if contrast(mixed, ground) >= ENOUGH:
            return mixed
    return _hex((target,) * 3)


def scheme(main: str, second: str = "", accent: str = "") -> str:
    """The style rules that give pages an institution's colours, in light and in dark; empty when it has none.

    ``second`` is ``main`` where it isn't given; ``accent`` colours links and buttons.
    """
    wanted = {"--brand": main, "--second": second or main, "--link": accent}
    chosen = {name: colour for name, colour in wanted.items() if colour}
    if not chosen:
        return ""

    def rules(ground: str) -> str:
        return ";".join(f"{name}:{readable(colour, ground)}" for name, colour in chosen.items())

    dark = f":root{{{rules(DARK_GROUND)}}}"
    return f":root{{{rules(LIGHT_GROUND)}}}@media(prefers-color-scheme:dark){{{dark}}}"


def _luminance(colour: str) -> float:
    def linear(part: int) -> float:
        value = part / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hex(rgb) -> str:
    return "#" + "".join(f"{part:02x}" for part in rgb)
