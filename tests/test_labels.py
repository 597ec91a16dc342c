"""Every record and every key has Russian words that a family understands."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import pytest

import generator.model
from generator.load import read_labels
from generator.model.kinds import GroupWork
from generator.model.label import Label, Labels, RecordLabel
from generator.model.record import FileRecord, Record
from generator.model.school import School
from generator.model.student import Student
from generator.source import Document, read_document
from tests.world import SCHEMA

FOLDER = SCHEMA / "labels"
LABELS = read_labels(FOLDER)
# Put together in memory, or said about the words themselves: nobody writes them into a file.
UNWRITTEN = {FileRecord, School, Student, GroupWork, Label, RecordLabel, Labels}
JARGON = (
    "идентификатор", "хеш", "хэш", "дайджест", "слаг", "токен", "валидн", "опционал", "парсер",
    "массив", "строковы", "булев", "дефолт", "схем", "репозитор", "коммит", "эпох", "параметр",
)  # fmt: skip


def written_models() -> dict[str, type[Record]]:
    """Every record that stands in some file, by its name."""
    for module in pkgutil.iter_modules(generator.model.__path__):
        importlib.import_module(f"generator.model.{module.name}")
    ours = {one for one in _below(Record) if one.__module__.startswith("generator.")}
    found = sorted(ours - UNWRITTEN, key=lambda one: one.__name__)
    assert len({one.__name__ for one in found}) == len(found), "two records of one name"
    return {one.__name__: one for one in found}


def _below(model: type[Record]) -> Iterator[type[Record]]:
    for one in model.__subclasses__():
        yield one
        yield from _below(one)


def own_keys(model: type[Record]) -> set[str]:
    """Keys that a record does not have from the one it is made from."""
    return set(model.model_fields) & set(model.__annotations__)


def literals(annotation: Any) -> Iterator[frozenset[str]]:
    """Every set of fixed values named by a type."""
    if get_origin(annotation) is Literal:
        yield frozenset(get_args(annotation))
    for part in get_args(annotation):
        yield from literals(part)


def all_words() -> Iterator[tuple[str, str]]:
    """Every title, description and choice, with where it stands."""
    for name, record in LABELS.records.items():
        yield name, record.title
        yield name, record.description
        for key, label in record.fields.items():
            yield f"{name}.{key}", label.title
            yield f"{name}.{key}", label.description
    for name, choice in LABELS.choices.items():
        for value, word in choice.items():
            yield f"{name}.{value}", word


MODELS = written_models()


def test_every_record_has_words_and_no_words_are_left_over() -> None:
    assert set(LABELS.records) == set(MODELS)


@pytest.mark.parametrize("name", MODELS)
def test_every_key_has_words_and_no_words_are_left_over(name: str) -> None:
    assert list(LABELS.records[name].fields) == [
        key for key in MODELS[name].model_fields if key in own_keys(MODELS[name])
    ]


def test_every_fixed_value_has_a_word_and_no_word_is_left_over() -> None:
    wanted = {
        values
        for model in MODELS.values()
        for field in model.model_fields.values()
        for values in literals(field.annotation)
        if len(values) > 1
    }
    assert {frozenset(words) for words in LABELS.choices.values()} == wanted
    assert len(LABELS.choices) == len(wanted), "two sets of words for the same values"


def test_no_record_is_labelled_in_two_files() -> None:
    parts = [read_document(FOLDER, path.name) for path in sorted(FOLDER.glob("*.yml"))]
    read = [Labels.model_validate(one.value) for one in parts if isinstance(one, Document)]

    assert len(read) == len(parts) > 1
    assert sum(len(part.records) for part in read) == len(LABELS.records)


def test_keys_of_one_record_are_called_differently() -> None:
    for name, model in MODELS.items():
        titles = [LABELS.field(model, key).title for key in model.model_fields]
        assert sorted({one for one in titles if titles.count(one) > 1}) == [], name


def test_no_two_keys_of_different_names_say_the_same() -> None:
    said: dict[str, set[str]] = {}
    for record in LABELS.records.values():
        for key, label in record.fields.items():
            said.setdefault(label.description, set()).add(key)
    records = [record.description for record in LABELS.records.values()]

    assert {words: keys for words, keys in said.items() if len(keys) > 1} == {}
    assert len(records) == len(set(records))


def test_a_description_says_more_than_its_title() -> None:
    same = [
        name
        for name, record in LABELS.records.items()
        for label in (record, *record.fields.values())
        if label.title.casefold() == label.description.rstrip(".").casefold()
    ]
    assert same == []


def test_words_are_russian_and_plain() -> None:
    for where, words in all_words():
        plain = re.sub(r"`[^`]*`", "", words).replace("PDF", "")
        plain = re.sub(r"\bI+\b", "", plain)  # the Roman numeral on a diploma
        assert not re.search("[A-Za-z]", plain), f"{where}: {words}"
        assert re.search("[А-яё]", plain), f"{where}: {words}"
        assert [one for one in JARGON if one in words.casefold()] == [], f"{where}: {words}"


def test_titles_are_short_and_descriptions_are_sentences() -> None:
    for name, record in LABELS.records.items():
        for label in (record, *record.fields.values()):
            assert len(label.title) <= 40 and label.title[-1] not in ".…", f"{name}: {label.title}"
            assert len(label.description) <= 130, f"{name}: {label.description}"
            assert label.description[-1] in ".…", f"{name}: {label.description}"
