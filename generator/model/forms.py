"""Papers to print: consents for processing and for distribution, and a withdrawal."""

import datetime as dt
from dataclasses import dataclass

from generator.model.about import Basis


@dataclass(frozen=True)
class Signatory:
    """For whom a set of papers is; everything empty on blank ones."""

    child: str
    class_title: str
    representatives: tuple[str, ...]
    student_signs: bool
    """Whether the student is old enough to sign too."""
    level_ends: dt.date | None
    """The last day of the school year in which the level ends."""


@dataclass(frozen=True)
class Forms:
    """The papers of a class, of a student, or blank ones."""

    school: str
    regulation: str
    addresses: tuple[str, ...]
    """Where the sites stand: consent for distribution names them."""
    signs_from: int
    """From which age the student signs."""
    year_ends: dt.date
    public: bool
    """Whether the school shows anything to everybody; if not, that paper asks for nothing real."""
    processing: tuple[Basis, ...]
    distribution: tuple[Basis, ...]
    checked: dt.date | None
    """The oldest day on which one of the acts was last looked at."""
    signatories: tuple[Signatory, ...]
