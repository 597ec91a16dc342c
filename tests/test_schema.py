"""schema/ says what the models say."""

import json
from pathlib import Path

import pytest

from generator.model.schemas import schemas

MADE = schemas()
SCHEMA = Path(__file__).parent.parent / "schema"


@pytest.mark.parametrize("name", MADE)
def test_the_written_schema_is_the_one_the_models_say(name: str) -> None:
    written = (SCHEMA / name).read_text(encoding="utf-8")

    assert written == MADE[name], (
        "run: python -c 'from pathlib import Path; from \
generator.model.schemas import write_schemas; write_schemas(Path(\"schema\"))'"
    )


def test_there_is_no_schema_without_a_model() -> None:
    assert {path.name for path in SCHEMA.glob("*.schema.json")} == set(MADE)


def test_an_unknown_key_is_refused_and_every_key_is_explained() -> None:
    entry = json.loads(MADE["entry.schema.json"])

    for name, record in entry["$defs"].items():
        assert record["additionalProperties"] is False, name
        for key, field in record["properties"].items():
            assert field.get("description"), f"{name}.{key}"


def test_a_number_is_as_good_as_text_where_text_is_read() -> None:
    results = json.loads(MADE["results.schema.json"])

    assert results["$defs"]["Mark"]["properties"]["mark"]["type"] == ["string", "number"]
