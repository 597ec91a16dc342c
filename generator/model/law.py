"""Legal acts as dated data (R-163): what is in force, and what took its place."""

from generator.model.record import Day, FileRecord, Line, Record, Word


class LegalAct(Record):
    """One act the regulations cite or should cite."""

    code: Word
    """Short name, e.g. `order-77-2022`."""
    title: Line
    """What it is called, in Russian."""
    number: Line
    """Number."""
    date: Day
    """Day it was signed."""
    since: Day | None = None
    """First day in force; the day it was signed when not known."""
    until: Day | None = None
    """Last day in force; none while it is."""
    replaced_by: Word | None = None
    """Code of the act that took its place."""
    source: Line
    """Where this was read, or that it is from knowledge and must be checked."""
    checked: Day
    """When somebody last looked whether it is still so."""


class LegalActs(FileRecord):
    """schema/acts.yml"""

    acts: tuple[LegalAct, ...] = ()
    """Acts."""
