"""One build -> seconds of CPU by room. Run by its path in a fresh process; the product is on
PYTHONPATH. Where does the time go?"""

import datetime as dt
import gc
import json
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

ROOMS = {
    "load": ("read_listing", "load_in_turn"),
    "check": ("check", "read_places"),
    "decide": ("find_floor", "decide_student", "decide_level", "gather"),
    "media": ("prepare",),
    "shell": ("build_shells",),
    "pages": ("compose_share", "compose_lists", "compose_locked", "outline", "find_spines"),
    "seal": ("seal", "seal_lists", "seal_shelves", "seal_rings"),
    "sweep": ("sweep",),
    "release": ("plan", "next_count", "_hand_over"),
    "exposure": ("find_grants",),
    "kept": ("read_share", "write_share", "take", "put_by", "keep", "read_lists", "keep_lists"),
}
"""The calls of `flow` that belong to each room, and what it keeps for the next build."""


def seconds() -> float:
    """CPU of this process and of its children so far."""
    mine = resource.getrusage(resource.RUSAGE_SELF)
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


class _Clock:
    """Who works now? A call within a call belongs to the room that does it."""

    def __init__(self, spent: dict[str, float]) -> None:
        self._spent = spent
        self._within = [0.0]

    @contextmanager
    def _works(self, room: str) -> Iterator[None]:
        before = seconds()
        self._within.append(0.0)
        try:
            yield
        finally:
            took = seconds() - before
            self._spent[room] += took - self._within.pop()
            self._within[-1] += took

    def timed(self, room: str, call: Callable[P, R]) -> Callable[P, R]:
        """The same call; what it gives piece by piece is made when the piece is asked for."""

        def measure(*args: P.args, **kwargs: P.kwargs) -> R:
            with self._works(room):
                found = call(*args, **kwargs)
            return self._each(room, found) if isinstance(found, Iterator) else found  # type: ignore[return-value]  # an iterator for an iterator

        return measure

    def _each(self, room: str, found: Iterator[R]) -> Iterator[R]:
        while True:
            with self._works(room):
                piece = next(found, self)
            if piece is self:
                return
            yield piece  # type: ignore[misc]  # the clock itself only marks the end


def run_rooms(portfolios: Path, output: Path, private: Path, day: str) -> dict[str, float]:
    """Seconds by room of one build; `start` is Python and imports, `rest` what no room did."""
    from generator.flow import job as reading
    from generator.flow import levels, recall, scans, sites, studio
    from generator.progress import NOBODY

    spent = dict.fromkeys(ROOMS, 0.0) | {"start": seconds()}
    clock = _Clock(spent)
    ways = (reading, scans, levels, sites, studio, recall.Memory)
    for room, names in ROOMS.items():
        for name in names:
            way = next(way for way in ways if hasattr(way, name))
            setattr(way, name, clock.timed(room, getattr(way, name)))
    # As the door sets it: what is read of a school is many small things and no garbage.
    gc.set_threshold(100_000)
    job = reading.Job(
        portfolios=portfolios,
        home=Path(sites.__file__).parents[2],
        output=output,
        private=private,
        now=dt.datetime.now(dt.UTC),
        date=dt.date.fromisoformat(day),
        by="ci",
        progress=NOBODY,
        tell=lambda _: None,
    )
    if not sites.build_sites(job).sites:
        sys.exit("the school has mistakes: nothing was built")
    rooms = {"start": spent["start"]} | {room: spent[room] for room in ROOMS}
    return rooms | {"rest": seconds() - sum(spent.values())}


if __name__ == "__main__":
    school, site, secrets, target, today = sys.argv[1:]
    found = run_rooms(Path(school), Path(site), Path(secrets), today)
    Path(target).write_text(json.dumps(found), encoding="utf-8")
