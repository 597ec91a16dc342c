"""Share of a student -> sealed files. With what are pages made today?"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from generator.decide import begin_level
from generator.decide.audiences import Floor
from generator.flow.job import Job
from generator.flow.marks import digest_all, mark_filling, mark_frame
from generator.flow.pack import Pack
from generator.flow.private import private_room
from generator.media.recipe import STANDARD, read_fingerprint
from generator.model.edition import Decision, Share
from generator.model.school import Settings
from generator.model.site import File, Laid, Leaves, Shell, Shells, Spines
from generator.pages import (
    Templates,
    compose_door,
    compose_frame,
    compose_lists,
    compose_locked,
    compose_share,
    hung_in,
    policy,
    read_templates,
)
from generator.pages.reshell import change_shell
from generator.publish import lay_frame
from generator.seal import Sealed, carry, join, seal, seal_lists, seal_rings, seal_shelves
from generator.seal.keys import Keys
from generator.seal.reseal import reseal
from generator.shell import build as build_shells


@dataclass(frozen=True)
class Studio:
    """What all three sites are made with."""

    theme: Path
    shells: Shells
    templates: Templates
    mark: str
    """Changes whenever any page would."""
    filling: str
    """Changes whenever a page would change between the pieces of its shell."""
    pack: Pack
    """Where sealed files lie until they are handed over."""


def open_studio(job: Job, settings: Settings) -> Studio:
    """The shells and templates of today."""
    theme, room = job.home / "theme", private_room(job, settings)
    shells = build_shells(job.home, room / "cache" / "shell", settings.language, job.progress)
    key = room / "master.key"
    filling = mark_filling(
        theme,
        # Of a key only a digest, and only in the folder where the key lies itself.
        hashlib.sha256(key.read_bytes()).hexdigest() if key.is_file() else "",
        read_fingerprint(STANDARD),
    )
    templates = read_templates(theme, settings.language, room / "cache" / "templates")
    mark = mark_frame(filling, shells)
    return Studio(theme, shells, templates, mark, filling, Pack(room / "cache"))


@dataclass(frozen=True)
class Workshop:
    """All that one level is made with."""

    studio: Studio
    floor: Floor
    begun: Decision
    """Nothing is granted yet."""
    keys: Keys = field(repr=False)
    locked: Shell
    _changes: dict[tuple[str, ...], Callable[[str], str]] = field(default_factory=dict)
    """What takes pages out of a shell of before, by its pieces."""

    def make_share(self, share: Share, leaves: Leaves, older: Sealed[Laid]) -> Sealed[Laid]:
        """The sealed files of one student; of `older` ones, which were handed over, what stands."""
        pages = compose_share(share, self.begun, leaves, self.studio.shells, self.studio.templates)
        editions = {edition.path: edition for edition in share.editions}
        hung = hung_in(share.homes, editions, leaves)
        sealed = seal(pages, self.keys, self.locked, hung, older)
        return carry(self.studio.pack.put_all(sealed), older)

    def reshell(
        self, sealed: Sealed[Laid], older: Shell, read: Callable[[Laid], bytes]
    ) -> Sealed[Laid]:
        """The same pages, which stand in an `older` shell, in that of today; `read` gives the bytes
        of what was handed over."""
        change = self._changes.get(older.pieces)
        if change is None:
            frame = compose_frame(self.begun, self.studio.templates)
            change = change_shell(older, self.studio.shells.page, frame)
            self._changes[older.pieces] = change
        anew = reseal(sealed, read, change, self.keys, self.locked)
        return self.studio.pack.put_all(replace(sealed, pages=anew.pages, pins=anew.pins))

    def make_lists(
        self, decision: Decision, leaves: Leaves, spines: Spines, before: Sealed[Laid]
    ) -> Sealed[Laid]:
        """The sealed lists of a level, and what is searched, to stand beside `before`, which is
        of the students."""
        pages = compose_lists(decision, leaves, self.studio.shells, self.studio.templates)
        lists = seal_lists(pages, self.keys, self.locked, before)
        shelves = seal_shelves(decision.editions, spines, self.keys)
        return self.studio.pack.put_all(join((lists, shelves)))

    def make_rings(self, decision: Decision, sealed: Sealed[Laid], count: int) -> tuple[Laid, ...]:
        """A keyring for every holder."""
        rings = self.studio.pack.put(seal_rings(decision, sealed, self.keys, count))
        return tuple(sorted(rings, key=lambda file: file.path))

    @cached_property
    def mark(self) -> str:
        """A digest of what the studio's does not say: the level, and the age of its keys."""
        return digest_all((repr(self.begun), repr(sorted(self.keys.epochs.items()))))

    def mark_part(self, share: str, leaves: Leaves) -> str:
        """A digest of what a student's pages are made of: what is granted, and pictures."""
        pictures = (
            f"{key} {one.digest}"
            for key in sorted(leaves)
            for leaf in leaves[key]
            for one in leaf.files
        )
        return digest_all((self.mark, share, *pictures))

    def lay_frame(self, doors: Mapping[str, str]) -> tuple[File, ...]:
        """The files that were made before any student was known."""
        return self._frame(self.locked, doors)

    def lay_empty_frame(self) -> tuple[File, ...]:
        """The frame as it would be of a school without a name: every word in it is ours."""
        nobody = replace(self.begun, school="", site="")
        locked = compose_locked(nobody, self.studio.shells, self.studio.theme)
        return self._frame(locked, {"open": "o/", "about": "o/"})

    def _frame(self, locked: Shell, doors: Mapping[str, str]) -> tuple[File, ...]:
        studio, language = self.studio, self.begun.language
        shown = compose_door(doors, language, studio.theme)
        return lay_frame(studio.shells, (locked, shown), policy(studio.shells))


def open_workshop(studio: Studio, floor: Floor, master: bytes) -> Workshop:
    """What one level is made with, before anything of anybody is known."""
    begun = begin_level(floor)
    epochs: Mapping[str, int] = {one.name: one.epoch for one in floor.school.access.epochs}
    return Workshop(
        studio=studio,
        floor=floor,
        begun=begun,
        keys=Keys(master, begun.site, begun.level, epochs),
        # Made of a decision that grants nothing: it cannot hint at anybody.
        locked=compose_locked(begun, studio.shells, studio.theme),
    )
