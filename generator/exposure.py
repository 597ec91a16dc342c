"""What was granted at the last release, what would be now -> what becomes visible, and to whom."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from generator.diagnostic import Text
from generator.model.edition import Decision, Edition
from generator.model.shown import Level, Tier
from generator.model.things import Thing, things_of, tier_of
from generator.whole import write_whole

What = Literal["appears", "changes", "disappears"]
_DERIVED = frozenset({"waiting", "missing", "quiet_since", "coverage", "moving_up"})
"""Made of other things, for those only who see them anyway."""


@dataclass(frozen=True)
class Grant:
    """One thing of one student in the hands of one audience."""

    compartment: str
    tier: Tier
    group: str
    """Title of the class, when the audience is one."""
    student: str
    name: str
    """The student's name as this audience knows it."""
    part: str
    key: tuple[str, ...]
    title: Text
    content: str
    """Hex digits that change with what can be read or looked at."""

    @property
    def same(self) -> tuple[str, ...]:
        """What stays when the words or the picture change."""
        return (self.compartment, self.student, self.part, *self.key)


Known = dict[tuple[str, ...], tuple[object, str]]
"""Name of a thing -> what was told of it last, and its content."""
Cards = Mapping[str, tuple[str, tuple[str, ...]]]
"""Audience -> for whom its card is, and the compartments it opens."""


@dataclass(frozen=True)
class Granted:
    """Everything granted on a level, and every card that opens some of it."""

    grants: tuple[Grant, ...]
    cards: Cards


@dataclass(frozen=True)
class Change:
    """A thing that somebody comes to see, sees anew, or sees no more."""

    what: What
    grant: Grant


@dataclass(frozen=True)
class CardChange:
    """A card that opens something new, or no more opens something; `titles` are for whom."""

    what: What
    title: str


@dataclass(frozen=True)
class Exposure:
    """What a release of one level would change, compared with the last one."""

    level: Level
    release: str
    """Digest of the last release; empty when there was none."""
    known: bool
    """Whether what it granted is known here; if not, everything counts as new."""
    changes: tuple[Change, ...]
    cards: tuple[CardChange, ...]


def find_granted(decision: Decision) -> Granted:
    """Every thing of every edition, in the hands of each of its audiences."""
    return Granted(find_grants(decision.editions), cards_of(decision))


def compare(level: Level, release: str, before: Granted | None, after: Granted) -> Exposure:
    """What changes from `before` to `after`; all of it is new when nothing is known of before."""
    old = before or Granted((), {})
    return Exposure(
        level=level,
        release=release,
        known=before is not None,
        changes=tuple(_changes(old, after)),
        cards=tuple(_cards(old, after)),
    )


def find_grants(editions: Iterable[Edition]) -> tuple[Grant, ...]:
    """Every thing of these editions, in the hands of each of their audiences."""
    known: Known = {}
    return tuple(one for edition in editions for one in _grants(edition, known))


@dataclass(frozen=True)
class Record:
    """What a release granted, for the next one to be compared with: a private folder, with a file
    for every student and one for the release and its cards."""

    folder: Path

    @property
    def head(self) -> Path:
        """The release and its cards."""
        return self.folder / "release.json"

    def knows(self, student: str) -> bool:
        """Whether it is known what was granted of this student."""
        return self._file(student).is_file()

    def prepare(self, student: str, grants: tuple[Grant, ...]) -> None:
        """Lays ready what the next release will have granted of a student."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        told = json.dumps(grants, ensure_ascii=False, default=vars)
        write_whole(self._ready(student), told.encode())

    def write(
        self, release: str, cards: Cards, changed: Collection[str], students: Collection[str]
    ) -> None:
        """What one release granted; of `students` all but the `changed`, for whom something lies
        ready, are as before."""
        gone = [file for file in self.folder.glob("*.student") if file.stem not in students]
        head = json.dumps({"release": release, "cards": cards}, ensure_ascii=False)
        if not gone and not changed and _holds(self.head, head):
            return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Until all is written nothing is known: half a record would tell of changes there are not.
        self.head.unlink(missing_ok=True)
        for student in changed:
            self._ready(student).replace(self._file(student))
        for file in (*gone, *self.folder.glob("*.ready*")):
            file.unlink()
        write_whole(self.head, head.encode())

    def read(self, release: str) -> Granted | None:
        """What this very release granted; None when that is not known here."""
        try:
            head = json.loads(self.head.read_text(encoding="utf-8"))
            if not release or head["release"] != release:
                return None
            files = sorted(self.folder.glob("*.student"))
            listed = (json.loads(file.read_text(encoding="utf-8")) for file in files)
            return Granted(
                tuple(_grant(one) for grants in listed for one in grants),
                {name: (title, tuple(opens)) for name, (title, opens) in head["cards"].items()},
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def _file(self, student: str) -> Path:
        return self.folder / f"{student}.student"

    def _ready(self, student: str) -> Path:
        return self.folder / f"{student}.ready"


def cards_of(decision: Decision) -> Cards:
    """Audience -> for whom its card is, and the compartments it opens."""
    return {one.audience: (one.title, one.compartments) for one in decision.holders}


def _holds(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text(encoding="utf-8") == text


def _grants(edition: Edition, known: Known) -> Iterator[Grant]:
    found: dict[tuple[str, ...], list[Thing]] = {}
    for thing in things_of(edition):
        if thing.part not in _DERIVED:
            found.setdefault(thing.name, []).append(thing)
    things = [(some[0], " ".join(_content(one, known) for one in some)) for some in found.values()]
    for compartment in edition.compartments:
        tier = tier_of(edition, compartment)
        group = edition.class_title if tier == "class" else ""
        for first, content in things:
            yield Grant(
                compartment, tier, group, edition.student, edition.name, first.part, first.key,
                first.title, content,
            )  # fmt: skip


def _content(thing: Thing, known: Known) -> str:
    """What stands alike in several editions of a student is digested once."""
    told = thing.told
    if known.get(thing.name, (None, ""))[0] != told:
        known[thing.name] = told, thing.content
    return known[thing.name][1]


def _grant(record: dict[str, Any]) -> Grant:
    title = record["title"]
    return Grant(**{**record, "key": tuple(record["key"]), "title": Text(title["ru"], title["en"])})


def _changes(old: Granted, new: Granted) -> Iterator[Change]:
    before = {one.same: one for one in old.grants}
    after = {one.same: one for one in new.grants}
    for same, one in after.items():
        if same not in before:
            yield Change("appears", one)
        elif before[same].content != one.content:
            yield Change("changes", one)
    yield from (Change("disappears", one) for same, one in before.items() if same not in after)


def _cards(old: Granted, new: Granted) -> Iterator[CardChange]:
    for audience in sorted({*old.cards, *new.cards}):
        title, opened = old.cards.get(audience, ("", ()))
        now, opens = new.cards.get(audience, (title, ()))
        if set(opens) - set(opened):
            yield CardChange("appears" if not opened else "changes", now)
        elif set(opened) - set(opens):
            yield CardChange("changes" if opens else "disappears", now)
