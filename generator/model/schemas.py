"""Models and words -> JSON Schemas and where they hold. What may an editor suggest?"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from generator.model.collective import Collectives
from generator.model.kinds import KINDS, Entry
from generator.model.label import Label, Labels
from generator.model.law import LegalAct
from generator.model.pinned import Sources
from generator.model.policy import Access, Consents
from generator.model.portfolio import Portfolio
from generator.model.record import Record, Word, records_in
from generator.model.school import ClassList, Events, Settings, Staff
from generator.model.student import Confirmations, Results, Reviews, StudentRecord
from generator.model.vocabulary import OwnWords, Term, Vocabularies, chosen

FILES: Mapping[str, Any] = {
    "school": Settings,
    "people": Staff,
    "classes": ClassList,
    "events": Events,
    "collectives": Collectives,
    "vocabulary": OwnWords,
    "access": Access,
    "sources": Sources,
    "student": StudentRecord,
    "consent": Consents,
    "confirmations": Confirmations,
    "reviews": Reviews,
    "results": Results,
    "portfolio": Portfolio,
    "entry": Entry,
}
"""The record in each YAML file of the layout; a year's file in classes/ goes by its folder."""
PLACES: Mapping[str, str] = {
    "school": "school/school.yml",
    "people": "school/people.yml",
    "classes": "school/classes/*.yml",
    "events": "school/events.yml",
    "collectives": "school/collectives.yml",
    "vocabulary": "school/vocabulary/*.yml",
    "access": "school/access.yml",
    "sources": "school/sources.yml",
    "student": "records/*/student.yml",
    "consent": "records/*/consent.yml",
    "confirmations": "records/*/confirmations.yml",
    "reviews": "records/*/reviews.yml",
    "results": "records/*/results.yml",
    "portfolio": "students/*/portfolio.yml",
    "entry": "students/*/entries/*/entry.yml",
}
"""Where the files of each record lie, `*` for the name of any one file or folder."""

_Schema = dict[str, Any]
# An empty value and a key that is not there are the same; a key that is needed may not be empty.
_NOTHING: _Schema = {"type": ["null", "string"], "maxLength": 0}
# Every value is read as text, so `mark: 5` is as good as `mark: "5"`, and `grade: "4"` as `4`.
_TEXT = ["string", "number"]
_NUMBER = {"type": ["integer", "string"], "pattern": "^ *[0-9]+ *$"}


@dataclass(frozen=True)
class Wording:
    """Everything a schema says in Russian."""

    labels: Labels
    vocabularies: Vocabularies
    acts: Mapping[str, LegalAct]


def schemas(words: Wording) -> dict[str, str]:
    """File name -> JSON Schema of each YAML file of the layout."""
    made = {name: _file(name, words) for name in FILES}
    return {f"{name}.schema.json": _json(schema) for name, schema in made.items()}


def editor_settings(folder: str = "schema") -> str:
    """.vscode/settings.json: which schema in a folder holds for which files; nothing asked from
    outside."""
    globs = {f"{folder}/{name}.schema.json": [place] for name, place in PLACES.items()}
    return _json(
        {
            "redhat.telemetry.enabled": False,
            "yaml.schemaStore.enable": False,
            "yaml.schemas": globs,
        }
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _file(name: str, words: Wording) -> _Schema:
    models = tuple(records_in(FILES[name]))
    records = {one.__name__: one for top in models for one in (*_records_below(top), top)}
    lists = {listed for one in records.values() for listed in chosen(one).values()}
    alone = len(models) == 1
    root: _Schema = {"$ref": f"#/$defs/{models[0].__name__}"} if alone else _by_kind(words)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:stupeni:{name}",
        **root,
        "$defs": {one: _record(records[one], words) for one in sorted(records)}
        | {f"words-{listed}": _words(listed, words) for listed in sorted(lists)},
    }


def _by_kind(words: Wording) -> _Schema:
    """An entry is what its `kind` says: a mistake is then told of that kind only."""
    labels = {kind: words.labels.record(model) for kind, model in KINDS.items()}
    kinds = [_const(kind, label.title, label.description) for kind, label in labels.items()]
    told = words.labels.records["EntryBase"]
    return {
        **_told(told),
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"title": "Вид записи", "anyOf": kinds}},
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                "then": {"$ref": f"#/$defs/{model.__name__}"},
            }
            for kind, model in KINDS.items()
        ],
    }


def _record(model: type[Record], words: Wording) -> _Schema:
    plain = TypeAdapter(model).json_schema()
    made = plain.get("properties") or plain["$defs"][model.__name__]["properties"]
    lists = chosen(model)
    properties = {}
    for key, field in model.model_fields.items():
        value = _value(made[key], lists.get(key), words)
        if not field.is_required():
            value = _or_nothing(value)
            if isinstance(field.default, bool | int | str):
                value["default"] = field.default
        properties[key] = {**_told(words.labels.field(model, key)), **value}
    needed = [key for key, field in model.model_fields.items() if field.is_required()]
    return {
        **_told(words.labels.record(model)),
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        **({"required": needed} if needed else {}),
    }


def _or_nothing(value: _Schema) -> _Schema:
    if value.get("type") == "array":  # not as a choice: what is wrong inside is then told there
        return {**value, **_NOTHING, "type": ["array", *_NOTHING["type"]]}
    return {"anyOf": [value, _NOTHING]}


def _value(made: _Schema, listed: str | None, words: Wording) -> _Schema:
    """What people may write there, of what the model would be given."""
    if "anyOf" in made:
        return _value(made["anyOf"][0], listed, words)
    if made.get("type") == "array":
        return {"type": "array", "items": _value(made["items"], listed, words)}
    if "$ref" in made:
        return {"$ref": made["$ref"]}
    if listed:
        return {"$ref": f"#/$defs/words-{listed}"}
    if "const" in made:
        return {"const": made["const"]}
    if "enum" in made:
        titles = words.labels.choice(made["enum"])
        return {"anyOf": [_const(one, titles[one]) for one in made["enum"]]}
    told = ("title", "description", "default")
    limits = {key: limit for key, limit in made.items() if key not in told}
    if made["type"] == "integer":
        return limits | _NUMBER
    if made["type"] == "string" and "format" not in made:
        return limits | {"type": _TEXT if _may_be_a_number(made) else "string"}
    return limits


def _may_be_a_number(made: _Schema) -> bool:
    # A validator asks no pattern of a number, so none may stand where digits alone never fit.
    return any(re.search(made.get("pattern", ""), "7" * length) for length in (1, 16, 64))


def _words(listed: str, words: Wording) -> _Schema:
    """A list of words: ours, and any other where a school may add its own."""
    if listed == "acts":
        acts = words.acts.values()
        told = [
            _const(act.code, f"{act.title} от {act.date:%d.%m.%Y} № {act.number}") for act in acts
        ]
        return {"anyOf": told or [{"type": "string"}]}
    vocabulary = words.vocabularies[listed]
    ours = [_const(term.code, term.ru, " ".join(_about(term))) for term in vocabulary.terms]
    own = {
        "title": "Слово школы",
        "description": f"Если оно есть в `school/vocabulary/{listed}.yml`.",
        **TypeAdapter(Word).json_schema(),
        "type": _TEXT,
    }
    return {"title": vocabulary.title, "anyOf": ours if vocabulary.closed else [*ours, own]}


def _about(term: Term) -> Iterator[str]:
    if term.meaning:
        yield term.meaning
    if term.aliases:
        yield f"Ещё говорят: {', '.join(term.aliases)}."
    if term.since:
        yield f"Можно выбрать с {term.since:%d.%m.%Y}."
    if term.until:
        yield f"Можно выбрать по {term.until:%d.%m.%Y}."


def _told(label: Label) -> _Schema:
    return {"title": label.title, "description": label.description}


def _const(value: str, title: str, more: str = "") -> _Schema:
    # Beside a suggestion editors show the description alone, so it begins with the title.
    sentence = title if title[-1] in ".…?!" else f"{title}."
    return {"const": value, "title": title, "description": f"{sentence} {more}".rstrip()}


def _records_below(model: type[Record]) -> Iterator[type[Record]]:
    for field in model.model_fields.values():
        for record in records_in(field.annotation):
            yield record
            yield from _records_below(record)
