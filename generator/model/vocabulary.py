"""The words people choose from, as data."""

from generator.model.record import FileRecord, Line, Record, Word


class Term(Record):
    """One word of a vocabulary."""

    code: Word
    """What stands in the YAML."""
    ru: Line
    """In Russian."""
    en: Line
    """In English."""
    source: Line | None = None
    """The clause it comes from."""


class Vocabulary(FileRecord):
    """schema/vocabulary/<name>.yml"""

    title: Line
    """What these words are for."""
    terms: tuple[Term, ...]
    """The words, in their order."""


VOCABULARY_OF = {
    "contest.form": "contest-forms",
    "contest.stage": "stages",
    "contest.result": "results",
    "project.form": "project-forms",
    "creative.form": "creative-forms",
    "sport.stage": "stages",
    "sport.result": "results",
    "course.direction": "directions",
    "programme": "programmes",
    "authorship": "authorship",
    "tags": "tags",
    "scans.document": "documents",
    "event.stage": "stages",
    "event.form": "event-forms",
    "review.kind": "reviews",
}
"""Which vocabulary the words of a field come from: `kind.field`, or `field` for all kinds."""
