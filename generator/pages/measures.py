"""A measure of one student -> its Chart. How has it changed, beside nothing but itself?"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from generator.diagnostic import Lang
from generator.model.shown import ShownMeasure
from generator.pages.catalogue import Texts
from generator.pages.words import set_date

_WIDTH, _HEIGHT = 360, 190
_LEFT, _RIGHT = 24, _WIDTH - 24
_TOP, _BOTTOM = 40, _HEIGHT - 44
_ROOM = 40
"""What the words at a dot need, so that they do not run into those of the next."""


@dataclass(frozen=True)
class Dot:
    """One measuring in the picture; without words where there is no room for them."""

    x: str
    y: str
    words: str


@dataclass(frozen=True)
class Chart:
    """One line through the measurings of one student: no norm, no goal, nobody else."""

    title: str
    told: str
    """The same in a sentence: what it was and what it is."""
    line: str
    """Corners of the line, empty when there is nothing to compare."""
    dots: tuple[Dot, ...]
    since: str
    until: str
    rows: tuple[tuple[str, str], ...]
    """The day and what came out, in words."""


def draw(measure: ShownMeasure, texts: Texts, language: Lang) -> Chart:
    """A measure as a picture, a sentence and a table that say the same."""
    said = tuple(
        (set_date(on, language), _say(value, measure.unit, language)) for on, value in measure.taken
    )
    (first, was), (last, now) = said[0], said[-1]
    compares = len(said) > 1
    told = texts["measure-told"] if compares else texts["measure-once"]
    for place, words in (("was", was), ("since", first), ("now", now), ("until", last)):
        told = told.replace(f"{{{place}}}", words)
    dots = tuple(_dots(measure, language)) if compares else ()
    return Chart(
        title=measure.what,
        told=told,
        line=" ".join(f"{dot.x},{dot.y}" for dot in dots),
        dots=dots,
        since=first,
        until=last,
        rows=said,
    )


def _say(value: str, unit: str, language: Lang) -> str:
    number = value.replace(".", ",") if language == "ru" else value.replace(",", ".")
    return f"{number}\N{NO-BREAK SPACE}{unit}".rstrip()


def _dots(measure: ShownMeasure, language: Lang) -> Iterator[Dot]:
    days = [on for on, _ in measure.taken]
    values = [float(value.replace(",", ".")) for _, value in measure.taken]
    xs = [_place(_days(days[0], on), _days(days[0], days[-1]), _LEFT, _RIGHT) for on in days]
    low, high = min(values), max(values)
    ys = [_place(value - low, high - low, _BOTTOM, _TOP) for value in values]
    written = _with_room(xs)
    for x, y, (_, value) in zip(xs, ys, measure.taken, strict=True):
        words = _say(value, "", language) if x in written else ""
        yield Dot(f"{x:.1f}", f"{y:.1f}", words)


def _days(first: dt.date, day: dt.date) -> float:
    return float((day - first).days)


def _place(passed: float, whole: float, start: int, end: int) -> float:
    """Where something lies between two edges; in the middle when there is nothing between them."""
    return start + (end - start) * (passed / whole if whole else 0.5)


def _with_room(xs: list[float]) -> frozenset[float]:
    """The places that bear words: first and last, and between them those with room around."""
    kept = [xs[0]]
    for x in xs[1:-1]:
        if x - kept[-1] >= _ROOM and xs[-1] - x >= _ROOM:
            kept.append(x)
    return frozenset((*kept, xs[-1]))
