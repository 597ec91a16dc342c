"""A size and names of parts -> each measured, by turns. What is left, how long will it take?"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.bench import locks, ours
from tests.bench.corpus import Sheet
from tests.bench.known import measure_known
from tests.bench.machine import load, machine
from tests.bench.paint import run_paint
from tests.bench.peers import PINS, find_peer
from tests.bench.sites import Plain, Style, write_plain
from tests.bench.store import Part, Store
from tests.bench.targets import SCANS
from tests.bench.watch import run_watch
from tests.bench.world import ROOT, World, changed, make_world, mark_of

_PAINTS, _EDITS = 11, 9
_MOST_MADE = 300
"""Students beyond which nobody waits for every scan to be made once more: each costs the same."""
_MOST_SCANNED = 1200
"""Students beyond which a school has no scans: nobody would wait an hour for 45,000 of them."""


@dataclass(frozen=True)
class Kind:
    """What a part is about."""

    peers: tuple[str, ...] = ()
    """Whose programs it needs; without them it is ours."""
    style: Style | None = None
    most: int = 100_000
    """Students beyond which it is run only when it is asked for by name."""
    cost: float = 0.05
    """Seconds of one round for each student, as long as none was measured here."""
    once: bool = False
    """Whether it belongs to no size: one of all sizes is enough."""


PARTS = {
    "ours": Kind(cost=0.6),
    "growth": Kind(cost=0.1),
    "mkdocs": Kind(("mkdocs",), Style("mkdocs"), cost=0.4),
    "mkdocs-one": Kind(("mkdocs",), Style("mkdocs", one=True), cost=0.12),
    # Quadratic: every page holds the names of all.
    "mkdocs-nav": Kind(("mkdocs",), Style("mkdocs", one=True, prune=False), most=1200, cost=0.2),
    "zensical": Kind(("zensical",), Style("zensical"), most=300, cost=1.2),
    "zensical-one": Kind(("zensical",), Style("zensical", one=True), most=1200, cost=0.3),
    "hugo": Kind(("hugo",), Style("hugo"), cost=0.06),
    "hugo-one": Kind(("hugo",), Style("hugo", one=True), cost=0.03),
    "staticrypt": Kind(("mkdocs", "staticrypt"), most=300, cost=2),
    "staticrypt-each": Kind(("mkdocs", "staticrypt"), most=300, cost=4),
    "encryptcontent": Kind(("encryptcontent",), most=300, cost=2),
    "known": Kind(once=True),
    "watch": Kind(once=True),
    "paint": Kind(once=True),
}


@dataclass(frozen=True)
class Wanted:
    """A generated school, and how often."""

    students: int
    entries: int
    seed: int
    rounds: int
    profile: bool
    again: bool
    """Whether what is known does not count; it stays until the first new round."""


@dataclass(frozen=True)
class Bench:
    """A size under measurement."""

    work: Path
    store: Store
    wanted: Wanted
    tell: Callable[[str], None]

    @cached_property
    def world(self) -> World:
        """The school with scans, every one of them made light already, and a site built.

        A large one has none, neither for us nor for the others.
        """
        if self.wanted.students > _MOST_SCANNED:
            return self.bare
        self.tell("школа со сканами")
        return self._school("scans")

    @cached_property
    def bare(self) -> World:
        """The same school without scans."""
        self.tell("школа без сканов")
        return self._school("words", "--no-scans")

    @cached_property
    def sheets(self) -> list[Sheet]:
        """Our pages as Markdown."""
        self.tell("те же страницы для других")
        return ours.read_sheets(self.world)

    @cached_property
    def product(self) -> str:
        """The mark of what we measure of our own."""
        return mark_of(ROOT)

    @cached_property
    def plains(self) -> dict[str, Plain]:
        """Folders of site engines that were written in this run."""
        return {}

    def run(self, names: Iterable[str]) -> None:
        """Every part as often as wanted, one round of all after another."""
        self.store.write(Part("machine", 0, when=_now(), notes=machine()))
        parts = [self._begin(name) for name in names]
        for number in range(self.wanted.rounds):
            for part in parts:
                if not part.missing and part.rounds <= number and not self._is_done(part):
                    self._run(part, number)

    def estimate(self, names: Iterable[str]) -> str:
        """How long all of it may take: by the nearest size measured, else by rule of thumb."""
        seconds = sum(self._seconds(name) for name in names)
        return f"{seconds / 60:.0f} мин" if seconds < 5400 else f"{seconds / 3600:.1f} ч"

    def _run(self, part: Part, number: int) -> None:
        self.tell(f"{part.students or ''} {part.name}, раз {number + 1}")
        part.when, part.load = _now(), load()
        try:
            self._measure(part, number)
        except SystemExit as left:
            # A peer that cannot do it is a line of the report; we ourselves must be able to.
            if not PARTS[part.name].peers:
                raise
            part.missing = str(left.code).strip().rpartition("\n")[2][:200]
        self.store.write(part)
        told = {row: f"{runs[-1].cpu:.2f}" for row, runs in part.costs.items()}
        self.tell(f"    {part.missing or told or part.numbers}")

    def _measure(self, part: Part, number: int) -> None:
        kind = PARTS[part.name]
        if kind.style:
            self._run_plain(part, kind.style, number)
        elif kind.peers:
            peers = [find_peer(name) for name in kind.peers]
            locks.run_lock(self.world, self.sheets, peers, part)
        elif part.name == "ours":
            self._run_ours(part)
        elif part.name == "growth":
            ours.run_growth(self.bare, part)
        elif part.name == "known":
            part.add("cold", measure_known(self.work / "known", SCANS))
        elif part.name == "watch":
            run_watch(self.world, part, _EDITS)
        else:
            _ = self.sheets
            run_paint(self.world, part, _PAINTS)

    def _run_ours(self, part: Part) -> None:
        if "pages" not in part.numbers:
            ours.run_whole(self.world, part, scans=part.students <= _MOST_MADE)
            ours.run_shares(self.world, part, self.wanted.profile)
            locks.run_our_leaks(self.world, self.sheets, part)
        ours.run_round(self.world, part)

    def _run_plain(self, part: Part, style: Style, number: int) -> None:
        if part.name not in self.plains:
            peer = find_peer(style.engine)
            self.plains[part.name] = write_plain(self.world, self.sheets, peer, style, part.name)
        plain = self.plains[part.name]
        plain.forget()
        part.add("cold", plain.build())
        part.numbers["pages"] = len(plain.pages)
        # MkDocs builds everything anew each time: one run after an edit shows that it does.
        if style.engine != "mkdocs" or number == 0:
            before = plain.digests()
            plain.change(self.world.serial())
            part.add("entry", plain.build())
            part.raise_to("entry files", len(changed(before, plain.digests())))

    def _begin(self, name: str) -> Part:
        """What is known of a part and still true, or a new one."""
        size, mark = self._size(name), self._mark(name)
        known = self.store.read().part(size, name)
        if known and known.mark == mark and self._counts(known):
            known.missing = ""
            part = known
        else:
            part = Part(name, size, self.wanted.entries, mark)
        absent = [peer for peer in map(find_peer, PARTS[name].peers) if peer.missing]
        if absent:
            part.missing = f"не ставится: {absent[0].missing}"
            self.store.write(part)
        return part

    def _counts(self, known: Part) -> bool:
        return known.entries == self.wanted.entries and not self.wanted.again

    def _is_done(self, part: Part) -> bool:
        return PARTS[part.name].once and bool(part.numbers or part.costs)

    def _mark(self, name: str) -> str:
        kind = PARTS[name]
        if kind.peers:
            return " ".join(pin for peer in kind.peers for pin in PINS[peer])
        return self.product

    def _size(self, name: str) -> int:
        return 0 if PARTS[name].once else self.wanted.students

    def _seconds(self, name: str) -> float:
        figures, students = self.store.read(), self.wanted.students
        known = figures.part(self._size(name), name)
        fresh = known and known.mark == self._mark(name) and self._counts(known)
        left = self.wanted.rounds - (known.rounds if known and fresh else 0)
        measured = [part for part in figures if part.name == name and part.costs and part.students]
        if not measured:
            each = PARTS[name].cost
        else:
            nearest = max(measured, key=lambda part: part.students)
            walls = sum(sum(c.wall for c in runs) / len(runs) for runs in nearest.costs.values())
            each = walls / nearest.students
        return max(0, left) * (60 if PARTS[name].once else each * students)

    def _school(self, kind: str, *more: str) -> World:
        wanted = self.wanted
        told = [f"--students={wanted.students}", f"--entries={wanted.entries}"]
        folder = self.work / f"{wanted.students:05}-{kind}"
        return make_world(folder, [*told, f"--seed={wanted.seed}", *more])


def _now() -> str:
    return dt.datetime.now().astimezone().isoformat(timespec="minutes")
