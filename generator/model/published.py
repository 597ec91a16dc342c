"""What earlier releases and commands left behind: numbers that may not go back, keys in hands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.model.shown import Level

Card = tuple[str, int]
"""An audience, and which of its codes: a replaced card is another card."""


@dataclass(frozen=True)
class Rings:
    """Whoever holds which key of one level on a day."""

    level: Level
    cards: Mapping[str, frozenset[Card]]
    """Every compartment that something is sealed for -> the cards that hold its key."""


class Held(NamedTuple):
    """A key that was given out in a release, and all the cards that ever held this very key."""

    epoch: int
    cards: frozenset[Card]


@dataclass(frozen=True)
class Published:
    """What the register and the private folder remember of access; nothing in a new school."""

    epochs: Mapping[str, int] = field(default_factory=dict)
    """Audience or compartment -> the highest epoch it ever had."""
    suspended: Mapping[str, str] = field(default_factory=dict)
    """What was suspended and never resumed -> the moment of the line that says so."""
    held: Mapping[str, Mapping[str, Held]] = field(default_factory=dict)
    """Level -> compartment -> its newest key that was given out."""
    unknown: frozenset[str] = frozenset()
    """Levels that were released, and nobody remembers who got which key."""

    @property
    def audiences(self) -> set[str]:
        """Everybody who got a key that was not replaced since."""
        held = (key for keys in self.held.values() for key in keys.values())
        return {audience for key in held for audience, _ in key.cards}

    def kept(self, rings: Rings, epochs: Mapping[str, int]) -> dict[str, frozenset[Card]]:
        """Compartment -> cards of before that hold its key no more and would still open it."""
        found = {}
        for name, held in self.held.get(rings.level, {}).items():
            if name in rings.cards and held.epoch == epochs.get(name, 1):
                found[name] = held.cards - rings.cards[name]
        return {name: cards for name, cards in found.items() if cards}


def handed_out(rings: Rings, epochs: Mapping[str, int]) -> dict[str, Held]:
    """The keys of a day, as they are remembered."""
    pairs = rings.cards.items()
    return {name: Held(epochs.get(name, 1), cards) for name, cards in pairs if cards}


def together(*many: Mapping[str, Held]) -> dict[str, Held]:
    """What several releases gave out: of each compartment the newest key, and all who got it."""
    found: dict[str, Held] = {}
    for held in many:
        for name, key in held.items():
            old = found.get(name, key)
            newest = max(old.epoch, key.epoch)
            cards: Iterable[frozenset[Card]] = (k.cards for k in (old, key) if k.epoch == newest)
            found[name] = Held(newest, frozenset().union(*cards))
    return found
