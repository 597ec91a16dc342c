"""Models -> JSON Schemas. What may an editor suggest while people write?"""

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from generator.model.collective import Collectives
from generator.model.kinds import ENTRY
from generator.model.policy import Access, Consents
from generator.model.portfolio import Portfolio
from generator.model.school import ClassList, Events, Settings, Staff
from generator.model.student import Confirmations, Results, Reviews, StudentRecord
from generator.model.vocabulary import OwnWords

_FILES: dict[str, TypeAdapter[Any]] = {
    "school": TypeAdapter(Settings),
    "people": TypeAdapter(Staff),
    "classes": TypeAdapter(ClassList),
    "events": TypeAdapter(Events),
    "collectives": TypeAdapter(Collectives),
    "vocabulary": TypeAdapter(OwnWords),
    "access": TypeAdapter(Access),
    "student": TypeAdapter(StudentRecord),
    "consent": TypeAdapter(Consents),
    "confirmations": TypeAdapter(Confirmations),
    "reviews": TypeAdapter(Reviews),
    "results": TypeAdapter(Results),
    "portfolio": TypeAdapter(Portfolio),
    "entry": ENTRY,
}
_PARTS = ("anyOf", "oneOf")


def schemas() -> dict[str, str]:
    """File name -> JSON Schema of each YAML file of the layout."""
    found = {}
    for name, adapter in _FILES.items():
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **_as_people_write(adapter.json_schema()),
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
