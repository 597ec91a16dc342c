"""Works -> slides, and the pictures that go with them under names that say nothing."""

import re
from dataclasses import dataclass, field
from typing import Literal

from generator.model.site import Leaves, Picture
from generator.pages.words import cut_short, split_paragraphs
from generator.pages.works import Hung

_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][»”\"]))\s+(?=[«“\"A-ZА-ЯЁ])")
_ASKS = re.compile(r"\?[!?…]*[»”\"]?$")

PICTURE = r"[0-9a-f]{12}\.webp"
"""What a picture's file is called."""
Look = Literal["title", "part", "work", "words", "call", "thanks", "way"]


@dataclass(frozen=True)
class Shot:
    """A picture on a slide: file beside the page, size, what can be seen, word under it."""

    file: str
    width: int
    height: int
    alt: str
    under: str = ""


@dataclass(frozen=True)
class Slide:
    """One screen, and what its presenter may say to it; nothing in it that the hall may not see."""

    look: Look
    over: str = ""
    name: str = ""
    """Whose work it is, where works of many are shown."""
    title: str = ""
    words: str = ""
    """One sentence in the child's words."""
    under: tuple[str, ...] = ()
    """Facts, each on a line of its own."""
    lines: tuple[str, ...] = ()
    pictures: tuple[Shot, ...] = ()
    does: tuple[str, ...] = ()
    """What whoever shows it is to do."""
    notes: tuple[str, ...] = ()
    """What may be said aloud."""

    @property
    def is_tall(self) -> bool:
        """Whether its only picture is higher than wide."""
        return len(self.pictures) == 1 and self.pictures[0].height > self.pictures[0].width


@dataclass
class Hanger:
    """Collects pictures under names made of their bytes: no file tells whose it is."""

    pictures: dict[str, Picture] = field(default_factory=dict)

    def hang(self, leaves: tuple[Hung, ...]) -> tuple[Shot, ...]:
        """The pictures of these pages of scans, large."""
        pair = len(leaves) > 1
        return tuple(
            self.take(one.leaf.zoom or one.leaf.screen, one.alt, one.under if pair else "")
            for one in leaves
        )

    def take(self, picture: Picture, alt: str, under: str = "") -> Shot:
        """One picture; the same one twice is one file."""
        name = f"{picture.digest[:12]}.webp"
        self.pictures[name] = picture
        return Shot(name, picture.width, picture.height, alt, under)


def pictures_of(hanger: Hanger, leaves: Leaves, key: str) -> tuple[Shot, ...]:
    """The first page of one scan, as decoration; nothing when it could not be read."""
    return tuple(hanger.take(leaf.screen, "") for leaf in leaves.get(key, ())[:1])


def first_sentence(words: str) -> str:
    """The first sentence of a text that asks nothing; the beginning of it when that one is long.

    An interview begins with a question, and it is not the child who asks.
    """
    said = (one for paragraph in split_paragraphs(words) for one in _END.split(paragraph))
    return cut_short(next((one for one in said if not _ASKS.search(one)), ""))
