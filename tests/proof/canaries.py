"""A number of students -> a school full of canaries, built, and listened to. Does one sing?"""

import json
import re
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

from tests.opener import Reader
from tests.proof.flock import CYRILLIC, LATIN, Flock, plant
from tests.proof.search import Ears, Find, forms
from tests.sample import Sample, build_school
from tests.school.__main__ import write_school
from tests.school.crowd import shape_crowd

STUDENTS = "student's id"
RULES = frozenset({"Regulation.title", "Regulation.version", "Change.version", "Act.number"})
"""What the open page «О портфолио» says of the school's regulation."""
_PICTURE = re.compile(r' data-(?:sealed|screen|zoom|copy)="([^"]+)"')


@dataclass(frozen=True)
class Opened:
    """What cards open: the canaries to be read there, and what the pictures say of themselves."""

    words: frozenset[str]
    pictures: int
    finds: tuple[str, ...]


@dataclass(frozen=True)
class Heard:
    """What a run came to: the flock, what was published and searched, what was found."""

    flock: Flock
    sample: Sample
    finds: list[Find]
    files: int
    size: int
    opened: Opened
    seconds: dict[str, int]

    def __str__(self) -> str:
        kinds = self.flock.kinds
        marks = [len(forms(mark)) for mark in (CYRILLIC, LATIN)]
        return (
            f"(a) {kinds[STUDENTS]} students, {len(self.flock.words)} canaries in {len(kinds)} "
            f"kinds of places; {self.files} files, {self.size} bytes searched in {sum(marks)} "
            f"forms; found in clear: {len(self.finds)}. To be read behind cards: "
            f"{len(self.opened.words)} of them; in {self.opened.pictures} opened pictures: "
            f"{len(self.opened.finds)}. Seconds: {self.seconds}"
        )


def release(folder: Path, students: int, entries: int, seed: int = 1, share: float = 0.3) -> Heard:
    """The proof for one random school below `folder`."""
    root, clock = folder / "portfolios", [time.perf_counter()]
    write_school(root, shape_crowd(students, entries, seed, scans=True), seed)
    flock = Flock(Random(f"flock:{seed}"), share)
    plant(root, flock)
    clock.append(time.perf_counter())
    sample = build_school(folder, root)
    clock.append(time.perf_counter())
    ears = Ears((CYRILLIC, LATIN))
    finds, files, size = ears.hear_tree(sample.job.output)
    rules = _rules(root, flock)
    finds = [one for one in finds if _is_secret(one, sample.job.output, rules, ears)]
    clock.append(time.perf_counter())
    opened = _open(sample, flock, ears)
    clock.append(time.perf_counter())
    spent = [round(after - before) for before, after in pairwise(clock)]
    seconds = dict(zip(("plant", "build", "search", "open"), spent, strict=True))
    return Heard(flock, sample, finds, files, size, opened, seconds)


def _rules(root: Path, flock: Flock) -> frozenset[str]:
    """Canaries in what anybody may read: by which rules the school keeps portfolios."""
    text = (root / "school" / "school.yml").read_text("utf-8")
    return frozenset(word for word, kind in flock.words.items() if kind in RULES and word in text)


def _is_secret(find: Find, folder: Path, rules: frozenset[str], ears: Ears) -> bool:
    """Whether it still sings when the rules are taken out of an open page."""
    file = folder / find.file
    if find.way.startswith("name: ") or file.parent.name != "o":
        return True
    content = file.read_bytes()
    for word in rules:
        content = content.replace(word.encode(), b"")
    return any(ears.hear(content))


def _open(sample: Sample, flock: Flock, ears: Ears) -> Opened:
    """Everything that all cards of the school open together."""
    texts: dict[tuple[str, str], str] = {}
    pictures: dict[str, Reader] = {}
    rings = []
    for _, holder, card in sample.cards():
        reader = sample.reader(holder, card)
        ring = reader.ring()
        assert ring is not None
        rings.append(str(ring))
        rings += (json.dumps(index, ensure_ascii=False) for index in reader.indexes())
        for oid in (oid for oid in reader.pages() if (holder.level, oid) not in texts):
            html = texts[holder.level, oid] = reader.read(oid, ring)
            pictures |= dict.fromkeys(_PICTURE.findall(html), reader)
    heard = {
        found for one, reader in pictures.items() for found in ears.hear(reader.open_asset(one))
    }
    whole = " ".join((*rings, *texts.values()))
    words = frozenset(word for word in flock.words if word in whole)
    return Opened(words, len(pictures), tuple(sorted(heard)))
