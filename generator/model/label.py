"""What records, keys and fixed values are called for families, in Russian; the words are data."""

from collections.abc import Iterable, Mapping

from pydantic import BaseModel

from generator.model.record import FileRecord, Line, Record


class Label(Record):
    """A name and a sentence."""

    title: Line
    """What it is called."""
    description: Line
    """What it means, in a sentence or two."""


class RecordLabel(Label):
    """What a record is called, and each key that it adds to the record it is made from."""

    fields: Mapping[str, Label]
    """Key -> its words."""


class Labels(FileRecord):
    """schema/labels/<name>.yml"""

    records: Mapping[str, RecordLabel] = {}
    """Model's name -> its words."""
    choices: Mapping[str, Mapping[str, Line]] = {}
    """Name of a set -> fixed value -> its word."""

    def record(self, model: type[BaseModel]) -> RecordLabel:
        """The words of a record."""
        return self.records[model.__name__]

    def field(self, model: type[BaseModel], key: str) -> Label:
        """The words of a key: its own, or those of the record this one is made from."""
        known = (
            self.records[one.__name__] for one in model.__mro__ if one.__name__ in self.records
        )
        return next(label.fields[key] for label in known if key in label.fields)

    def choice(self, values: Iterable[str]) -> Mapping[str, str]:
        """The words of exactly these values."""
        wanted = set(values)
        return next(words for words in self.choices.values() if words.keys() == wanted)


def joined(parts: Iterable[Labels]) -> Labels:
    """Labels of several files as one."""
    files = tuple(parts)
    return Labels(
        records={name: label for part in files for name, label in part.records.items()},
        choices={name: words for part in files for name, words in part.choices.items()},
    )
