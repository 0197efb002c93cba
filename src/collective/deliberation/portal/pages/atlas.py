"""The map of institutions: Wallonia in a few strokes of our own, a dot for each place. Pure.

Drawn by hand from what anybody knows of the region's shape; good for finding one's way, not for measuring.
"""

from collections.abc import Iterable
from collective.deliberation.portal.pages.listing import InstitutionEntry
from dataclasses import dataclass
from math import cos
from math import radians


WEST, NORTH = 2.8, 50.86  # degrees, the upper left corner
SCALE = 300  # units of the drawing in one degree of latitude
WIDTH, HEIGHT = 710, 412  # units of the drawing
FEW = 12  # as many institutions have their names on the map
LETTER, LINE = 11, 20  # units: width of a letter and height of a name, generously
NEAR = 16  # units: dots nearer than that are moved apart
RADIUS = 7

# Longitude and latitude, clockwise from Mouscron; then the exclave of Comines.
_REGION = (
    (3.17, 50.76), (3.33, 50.71), (3.46, 50.76), (3.60, 50.73), (3.72, 50.78), (3.86, 50.75), (3.90, 50.69),
    (4.10, 50.71), (4.22, 50.68), (4.33, 50.72), (4.49, 50.76), (4.64, 50.75), (4.78, 50.80), (4.97, 50.77),
    (5.05, 50.71), (5.19, 50.70), (5.28, 50.72), (5.40, 50.75), (5.60, 50.77), (5.70, 50.78), (5.78, 50.72),
    (5.90, 50.73), (6.02, 50.755), (6.06, 50.71), (6.17, 50.65), (6.25, 50.62), (6.19, 50.54), (6.33, 50.49),
    (6.40, 50.35), (6.30, 50.29), (6.20, 50.22), (6.14, 50.13), (6.02, 50.17), (5.96, 50.13), (5.86, 50.06),
    (5.75, 49.93), (5.74, 49.82), (5.84, 49.73), (5.90, 49.67), (5.82, 49.55), (5.60, 49.52), (5.46, 49.50),
    (5.38, 49.61), (5.27, 49.68), (5.13, 49.70), (4.98, 49.80), (4.87, 49.80), (4.87, 49.93), (4.79, 49.97),
    (4.88, 50.08), (4.87, 50.15), (4.82, 50.16), (4.70, 50.09), (4.68, 50.00), (4.45, 49.94), (4.24, 49.96),
    (4.14, 49.98), (4.22, 50.07), (4.20, 50.13), (4.13, 50.14), (4.22, 50.25), (4.13, 50.26), (4.03, 50.35),
    (3.88, 50.33), (3.75, 50.35), (3.66, 50.46), (3.52, 50.49), (3.37, 50.50), (3.28, 50.54), (3.25, 50.64),
    (3.19, 50.72),
)  # fmt: skip
_COMINES = ((2.87, 50.72), (2.95, 50.70), (3.03, 50.77), (2.96, 50.80), (2.87, 50.75))


@dataclass(frozen=True, slots=True)
class Dot:
    """An institution on the map, in units of the drawing."""

    x: int
    y: int
    url: str
    title: str
    name_at: (
        tuple[int, int, str] | None
    )  # if there is room: x, y, and which end of the name is there


def point(latitude: float, longitude: float) -> tuple[int, int]:
    """Where a place is in the drawing."""
    x = (longitude - WEST) * cos(radians(50.15)) * SCALE
    return round(x), round((NORTH - latitude) * SCALE)


def _path(line: Iterable[tuple[float, float]]) -> str:
    points = (point(latitude, longitude) for longitude, latitude in line)
    return "M" + "L".join(f"{x} {y}" for x, y in points) + "Z"


OUTLINE = _path(_REGION) + _path(_COMINES)


def dots_of(institutions: Iterable[InstitutionEntry]) -> list[Dot]:
    """The institutions that have a place inside the drawing; names stand beside the dots while there are few."""
    places: dict[tuple[int, int], tuple[int, int, InstitutionEntry]] = {}
    for each in institutions:
        if each.card is None or each.card.latitude is None:
            continue
        x, y = point(each.card.latitude, each.card.longitude)
        # A commune and its welfare centre share a place: neither may hide the other.
        while (x // NEAR, y // NEAR) in places:
            x += NEAR
        if 0 <= x <= WIDTH and 0 <= y <= HEIGHT:
            places[x // NEAR, y // NEAR] = x, y, each
    boxes = [(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y, _ in places.values()]
    dots = []
    for x, y, each in places.values():
        name_at = None
        if len(places) <= FEW:
            name_at = _room(x, y, len(each.title) * LETTER, boxes)
        dots.append(Dot(x, y, each.url, each.title, name_at))
    return dots


def _room(x: int, y: int, width: int, boxes: list[tuple[int, int, int, int]]):
    """Where a name of a width can stand beside a dot without covering anything; it is then taken."""
    beside = RADIUS + 5
    for left, at, anchor in (
        (x + beside, x + beside, "start"),
        (x - beside - width, x - beside, "end"),
    ):
        box = (left, y - LINE // 2, left + width, y + LINE // 2)
        free = all(
            box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1]
            for other in boxes
        )
        if free and left >= 0 and box[2] <= WIDTH:
            boxes.append(box)
            return at, y + 5, anchor
    return None
