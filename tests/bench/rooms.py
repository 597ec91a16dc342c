"""One build -> seconds of CPU by room. Run by its path in a fresh process; the product is on
PYTHONPATH. Where does the time go?"""

import datetime as dt
import gc
import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

ROOMS = {
    "load": ("load",),
    "check": ("check", "read_places"),
    "decide": ("find_floor", "decide_student", "decide_level", "gather"),
    "media": ("prepare",),
    "shell": ("build_shells",),
    "pages": ("compose_share", "compose_lists", "compose_locked"),
    "seal": ("seal", "seal_lists", "seal_shelves", "seal_rings"),
    "sweep": ("sweep",),
    "release": ("plan", "next_count", "_hand_over"),
}
"""The calls of `flow` that belong to each room."""


def seconds() -> float:
    """CPU of this process and of its children so far."""
    mine = resource.getrusage(resource.RUSAGE_SELF)
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def run_rooms(portfolios: Path, output: Path, private: Path, day: str) -> dict[str, float]:
    """Seconds by room of one build; `start` is Python and imports, `rest` what no room did."""
    from generator.flow import job as reading
    from generator.flow import levels, scans, sites, studio
    from generator.progress import NOBODY

    spent = dict.fromkeys(ROOMS, 0.0) | {"start": seconds()}

    def timed(room: str, call: Callable[P, R]) -> Callable[P, R]:
        def measure(*args: P.args, **kwargs: P.kwargs) -> R:
            before = seconds()
            try:
                return call(*args, **kwargs)
            finally:
                spent[room] += seconds() - before

        return measure

    for room, names in ROOMS.items():
        for name in names:
            way = next(way for way in (reading, scans, levels, sites, studio) if hasattr(way, name))
            setattr(way, name, timed(room, getattr(way, name)))
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
