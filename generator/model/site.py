"""What is about to be written: pictures, shells, pages, sealed bytes, files."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Literal, NamedTuple, Protocol

MemoOf = Literal["student", "parent", "teacher", "deputy", "administrator"]


@dataclass(frozen=True)
class Picture:
    """A clean WebP in the private cache: its file, size in pixels, SHA-256 of its bytes."""

    place: str
    """The file's path as text: a school has thirty thousand of them, and looks into few."""
    width: int
    height: int
    digest: str

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.place)


@dataclass(frozen=True)
class Copy:
    """A clean file to download, in the private cache: SHA-256 of its bytes, ending of its name."""

    path: Path
    digest: str
    suffix: Literal["jpg", "png", "pdf"]


@dataclass(frozen=True)
class Leaf:
    """One page of a scan: long side at most 320 and at most 1600 pixels, and what is asked for."""

    thumb: Picture
    screen: Picture
    colour: str
    """Dominant colour, `#rrggbb`, for the place it will take."""
    zoom: Picture | None = None
    """At most 2400 pixels; only where the entry asks for it and the scan has so many."""
    middle: Picture | None = None
    """At most 800 pixels; only of what a portfolio begins with."""
    copy: Copy | None = None
    """The whole scan to download, with its first page; only where the entry asks for it."""

    @property
    def large(self) -> Picture:
        """What a page begins with: the middle size, where it was made."""
        return self.middle or self.screen

    @property
    def files(self) -> tuple[Picture | Copy, ...]:
        """All that was made of it."""
        made = (self.thumb, self.middle, self.screen, self.zoom, self.copy)
        return tuple(one for one in made if one)


Leaves = Mapping[str, tuple[Leaf, ...]]
"""`ShownScan.key` -> its pages. A scan that could not be read is absent."""


@dataclass(frozen=True)
class Shell:
    """A page of the site engine with slots cut out: text, slot name, text, slot name … text."""

    pieces: tuple[str, ...]

    def fill(self, slots: Mapping[str, str]) -> str:
        """The page with every slot filled by ready HTML; each slot must be given."""
        return "".join(
            piece if index % 2 == 0 else slots[piece] for index, piece in enumerate(self.pieces)
        )


@dataclass(frozen=True)
class EngineFile:
    """A file every page needs (style, script, font), as the engine wrote it."""

    path: str
    content: bytes
    vendor: bool
    """True when these very bytes come with the theme package, or are the word list of codes: they
    know no school, so that a word in them is nobody's."""


@dataclass(frozen=True)
class Shells:
    """What the engine made of the probe pages."""

    page: Shell
    """For pages one folder deep (`p/`).

    Slots: title, vision, school, level, palette, tools, content, foot.
    """
    files: tuple[EngineFile, ...]
    inline_scripts: tuple[str, ...]
    """`sha256-…` of every inline script of the page, for the content security policy."""


OPEN = ("public",)
"""The compartment of what everybody may read."""


@dataclass(frozen=True)
class Page:
    """A whole page before sealing.

    In `html`, `page:<logical path>` in an href and `asset:<owner>/<SHA-256 of a Picture or Copy>`
    in a data-sealed attribute stand for what only `seal` can know.
    """

    path: str
    html: str
    compartments: tuple[str, ...]
    pictures: tuple[tuple[str, Picture | Copy], ...]
    granted: tuple[str, ...] = ()
    """Of an open page: the words that everybody may read."""
    named: tuple[str, ...] = ()
    """Of an open page: ids of the students whom it may name; of nobody else."""

    @property
    def is_open(self) -> bool:
        """Whether `decide` granted it to everybody, so that it is not sealed."""
        return self.compartments == OPEN


@dataclass(frozen=True)
class File:
    """A file of the published tree: POSIX path below the site's root, bytes, who knew what.

    `vendor` bytes come as they are from the theme package or the word list; `frame` bytes were
    made before any student was known; `open` ones were granted to everybody, say nothing but
    `granted` and name nobody but `named`; `sealed` files are all the others.
    """

    path: str
    content: bytes
    origin: Literal["vendor", "frame", "open", "sealed"] = "sealed"
    granted: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    @cached_property
    def sha256(self) -> str:
        """64 hex digits over the bytes."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)


class Kept(NamedTuple):
    """A file of the tree that lies in the last release already, and was swept for it."""

    path: str
    sha256: str
    size: int
    stamp: int
    """When it was written there, in nanoseconds: another stamp is another file."""


class Bytes(Protocol):
    """Where bytes lie that are not in memory."""

    def read(self, start: int, size: int) -> bytes:
        """So many of them from a place on."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A sealed file of the tree that was put by: a whole site does not fit into memory."""

    path: str
    sha256: str
    size: int
    pack: Bytes = field(repr=False, compare=False)
    """Where it lies, among others."""
    start: int
    origin: ClassVar[Literal["sealed"]] = "sealed"

    @property
    def content(self) -> bytes:
        """Its bytes."""
        return self.pack.read(self.start, self.size)

    def __reduce__(self) -> tuple[type[File], tuple[str, bytes]]:
        """Whoever takes it to another machine takes its bytes."""
        return File, (self.path, self.content)


Laid = File | Packed | Kept
"""A file of the published tree, with its bytes in memory or not."""
Listed = tuple[str, Picture | Copy, tuple[str, ...]]
"""A picture that a list of students shows: its name, itself, the compartments of the list."""


FACE = "manrope.woff2"
"""The file of the letters in which every page and paper is set."""


class Spine(NamedTuple):
    """As much of a work as one looks for, like what stands on the back of a book."""

    kind: str
    """As it is called."""
    title: str
    year: str
    """Of its last day: 2026; empty where no day stands on the page."""
    event: str
    """Where it was, unless the work is called so."""


Spines = Mapping[str, tuple[Spine, ...]]
"""Path of an edition -> its works, in the order in which they stand on the page."""


class PrivateWord(NamedTuple):
    """Words of somebody that must not stand in clear in any published byte, and where
    they are written."""

    text: str
    where: str


@dataclass(frozen=True)
class Card:
    """What is printed for one audience; `link` and `qr_svg` are empty for staff."""

    title: str
    level: str
    words: tuple[str, ...]
    code: str
    """What stands behind `#k=`: 22 letters; never printed for staff."""
    address: str
    """Where to type the words."""
    by_link: bool
    """Families and guests may come by a link; staff only by words."""
    link: str
    qr_svg: str
    date: dt.date
    epoch: int
    event: str = ""
    """For which event guests get it; empty for families and staff."""
    until: dt.date | None = None
    """The last day of an event's code."""
    elsewhere: bool = False
    """Whether a brother or sister on another level has a card of that level."""


@dataclass(frozen=True)
class KeyPaper:
    """What is printed of a master key, to lie in a safe."""

    school: str
    site: str
    words: tuple[str, ...] = field(repr=False)
    qr_svg: str = field(repr=False)
    date: dt.date
    register: str
    """Digest of the register's last line: whoever keeps the paper can see that none was cut off."""


@dataclass(frozen=True)
class IncidentForm:
    """What is known of an incident; what is empty is written by hand (002 §7.5.5, R-138)."""

    school: str
    number: int
    what: str
    when: str
    noticed: str
    whom: tuple[str, ...]
    """Students' names."""
    suspended: tuple[str, ...]
    """Everything that is suspended today, with its reason."""
    told: str
    by: str
    """Who wrote it down, and the order that names this person."""
    date: dt.date


@dataclass(frozen=True)
class Memo:
    """One sheet for everybody of one role; whom to ask is written by hand."""

    school: str
    role: MemoOf
    addresses: tuple[tuple[str, str], ...]
    """Where the sites of the levels stand, those that have an address."""


@dataclass(frozen=True)
class Gate:
    """Who may fetch a level's files at all: a name, and the bcrypt hash of its password."""

    user: str
    hash: str
