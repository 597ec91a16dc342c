"""What earlier releases and commands left behind: numbers that may not go back."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Published:
    """What the register and the private folder remember of access; nothing in a new school."""

    epochs: Mapping[str, int] = field(default_factory=dict)
    """Audience or compartment -> the highest epoch it ever had."""
    suspended: Mapping[str, str] = field(default_factory=dict)
    """What was suspended and never resumed -> the moment of the line that says so."""
