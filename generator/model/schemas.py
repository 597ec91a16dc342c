"""Models -> JSON Schemas. What may an editor suggest while people write?"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from generator.model.collective import Collectives
from generator.model.kinds import Entry
from generator.model.policy import Access, Consents
from generator.model.portfolio import Portfolio
from generator.model.school import ClassList, Events, Settings, Staff
from generator.model.student import Confirmations, Results, Reviews, StudentRecord
from generator.model.vocabulary import OwnWords

FILES: Mapping[str, Any] = {
    "school": Settings,
    "people": Staff,
    "classes": ClassList,
    "events": Events,
    "collectives": Collectives,
    "vocabulary": OwnWords,
    "access": Access,
    "student": StudentRecord,
    "consent": Consents,
    "confirmations": Confirmations,
    "reviews": Reviews,
    "results": Results,
    "portfolio": Portfolio,
    "entry": Entry,
}
"""The record in each YAML file of the layout; a year's file in classes/ goes by its folder."""
_PARTS = ("anyOf", "oneOf")


def schemas() -> dict[str, str]:
    """File name -> JSON Schema of each YAML file of the layout."""
    found = {}
    for name, record in FILES.items():
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **_as_people_write(TypeAdapter(record).json_schema()),
        }
        found[f"{name}.schema.json"] = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
    return found


def write_schemas(folder: Path) -> None:
    """The schemas written into `folder`."""
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


def _as_people_write(schema: dict[str, Any]) -> dict[str, Any]:
    # Every value is read as text, so `mark: 5` is as good as `mark: "5"`; titles made from
    # field names would say everything twice.
    made = {key: value for key, value in schema.items() if key != "title"}
    if made.get("type") == "string" and not {"enum", "const", "format"} & made.keys():
        made["type"] = ["string", "number"]
    for key in ("properties", "$defs"):
        if key in made:
            made[key] = {name: _as_people_write(part) for name, part in made[key].items()}
    for key in _PARTS:
        if key in made:
            made[key] = [_as_people_write(part) for part in made[key]]
    if "items" in made:
        made["items"] = _as_people_write(made["items"])
    return made
