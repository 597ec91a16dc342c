"""schema/ says what the models say, in Russian, and refuses what they refuse."""

import dataclasses
import json
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

from generator.load.folders import read_folders
from generator.model.entry import Paper
from generator.model.kinds import KINDS
from generator.model.schemas import FILES as RECORDS
from generator.model.schemas import PLACES, editor_settings, schemas
from generator.model.vocabulary import PaperDetail
from generator.source import Document, parse, read_listing
from tests.golden import names, read_case
from tests.wording import WORDS
from tests.world import SCHEMA

PORTFOLIOS = SCHEMA.parent / "portfolios"
MADE = schemas(WORDS)
READ = {name.removesuffix(".schema.json"): json.loads(text) for name, text in MADE.items()}
CHECKS = jsonschema.FormatChecker(formats=["date"])
VALIDATORS = {
    name: jsonschema.Draft202012Validator(schema, format_checker=CHECKS)
    for name, schema in READ.items()
}
FILES = sorted(read_folders(read_listing(PORTFOLIOS)).files) + [
    f"{entry}/entry.yml"
    for entries in read_folders(read_listing(PORTFOLIOS)).entries.values()
    for entry in entries
]
ONE_OF_EACH = tuple(place.replace("*", "a1") for place in PLACES.values())


class AsEditorsRead(yaml.SafeLoader):
    """The core schema of YAML 1.2: numbers, true, false, null; a day is text, and so is `yes`."""


AsEditorsRead.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+0123456789."),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    AsEditorsRead.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first)
    )


def as_editors_read(text: str) -> Any:
    """What an editor takes a file for."""
    return yaml.load(text, AsEditorsRead)


def globs_of(path: str) -> list[str]:
    """Schemas that the editor's settings name for a file."""
    settings = json.loads(editor_settings())["yaml.schemas"]
    return [
        name
        for name, globs in settings.items()
        for glob in globs
        if glob.count("/") == path.count("/") and fnmatch(path, glob)
    ]


def schema_of(path: str) -> str:
    (name,) = globs_of(path)
    return Path(name).name.removesuffix(".schema.json")


def refused_by_schema(path: str, text: str) -> list[str]:
    """What a validator of 2020-12 says against a file: one text for each mistake."""
    errors = VALIDATORS[schema_of(path)].iter_errors(as_editors_read(text))
    return ["\n".join(_messages(error)) for error in errors]


def _messages(error: jsonschema.ValidationError) -> Iterator[str]:
    yield error.message
    for cause in error.context or ():
        yield from _messages(cause)


def refused_by_models(path: str, text: str) -> bool:
    """Whether the models refuse a file that can be read."""
    document = parse(path, text.encode())
    assert isinstance(document, Document), document
    try:
        TypeAdapter(RECORDS[schema_of(path)]).validate_python(document.value)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("name", MADE)
def test_the_written_schema_is_the_one_the_models_say(name: str) -> None:
    written = (SCHEMA / name).read_text(encoding="utf-8")

    assert written == MADE[name], "run: python -m tests.reference"


def test_the_written_settings_of_the_editor_are_the_ones_the_layout_says() -> None:
    written = (SCHEMA / "vscode-settings.json").read_text(encoding="utf-8")

    assert written == editor_settings(), "run: python -m tests.reference"


def test_there_is_no_schema_without_a_model() -> None:
    assert {path.name for path in SCHEMA.glob("*.schema.json")} == set(MADE)


@pytest.mark.parametrize("name", READ)
def test_a_schema_is_one_of_2020_12_and_names_no_host(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(READ[name])

    assert READ[name]["$id"] == f"urn:stupeni:{name}"
    assert re.findall(r"\w+://[^\"]*", MADE[f"{name}.schema.json"]) == [
        "https://json-schema.org/draft/2020-12/schema"
    ]


@pytest.mark.parametrize("path", FILES)
def test_every_file_of_the_sample_school_fits_its_schema(path: str) -> None:
    text = (PORTFOLIOS / path).read_text(encoding="utf-8")

    assert refused_by_schema(path, text) == []


@pytest.mark.parametrize("path", [*FILES, *ONE_OF_EACH])
def test_every_file_of_the_layout_has_exactly_one_schema(path: str) -> None:
    assert len(globs_of(path)) == 1


def test_the_layout_of_the_schemas_is_the_one_that_is_read(tmp_path: Path) -> None:
    for path in ONE_OF_EACH:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    found = read_folders(read_listing(tmp_path))

    assert {d.code for d in found.diagnostics} == set()
    assert found.files | {f"{e}/entry.yml" for e in found.entries["a1"]} == set(ONE_OF_EACH)


def test_a_file_outside_the_layout_has_no_schema() -> None:
    for path in ("school/collectives/x7k2/diplom.yml", "schema/vocabulary/results.yml", "a.yml"):
        assert globs_of(path) == []


def test_the_editor_asks_nobody_outside() -> None:
    settings = json.loads(editor_settings())

    assert settings["yaml.schemaStore.enable"] is False
    assert settings["redhat.telemetry.enabled"] is False
    assert {Path(name).name for name in settings["yaml.schemas"]} == set(MADE)
    assert "://" not in editor_settings()


def records() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every record of every schema."""
    for name, schema in READ.items():
        for record, made in schema["$defs"].items():
            if not record.startswith("words-"):
                yield f"{name}.{record}", made


def test_an_unknown_key_is_refused_and_every_key_is_explained_in_russian() -> None:
    for name, record in records():
        assert record["additionalProperties"] is False, name
        for key, field in record["properties"].items():
            assert re.search("[А-яё]", field["title"]), f"{name}.{key}"
            assert re.search("[А-яё]", field["description"]), f"{name}.{key}"


def test_every_value_that_can_be_chosen_has_a_russian_title() -> None:
    words = READ["entry"]["$defs"]["words-results"]["anyOf"]
    assert "победитель" in [one["title"] for one in words if one.get("const") == "winner"]

    for name, schema in READ.items():
        for const in _consts(schema, "$defs"):
            assert re.search("[А-яёIVX]", const.get("title", "")), f"{name}: {const}"


def _consts(part: Any, key: str) -> Iterator[dict[str, Any]]:
    """Everything that must be one value, but the conditions and the kind inside a kind."""
    if isinstance(part, list):
        for one in part:
            yield from _consts(one, key)
    elif isinstance(part, dict) and key not in ("if", "kind"):
        if "const" in part:
            yield part
        for name, one in part.items():
            yield from _consts(one, name)


def test_a_kind_of_entry_is_offered_with_its_name() -> None:
    offered = READ["entry"]["properties"]["kind"]["anyOf"]

    assert [one["const"] for one in offered] == list(KINDS)
    assert {"const": "gto", "title": "ГТО"}.items() <= offered[4].items()


def test_details_of_a_paper_are_the_keys_of_a_paper() -> None:
    assert get_args(PaperDetail) == tuple(Paper.model_fields)


ENTRY_FILE = "students/a/entries/olimpiada-x7k2/entry.yml"
CONTEST = "id: x7k2\ntitle: Олимпиада\nkind: contest\nform: olympiad\n"
CONSENT = """consents:
  - id: main
    purpose: processing
    audience: class
    given_by: {name: Белова Ольга Петровна, relation: mother}
    signed: 2026-09-01
    until: 2027-08-31
    document: папка 2
"""
CLASSES = "year: 2026-27\nclasses:\n  - {id: 4a, title: 4 «А», grade: 4, teacher: orlova}\n"

GOOD = {
    "an entry": (ENTRY_FILE, CONTEST),
    "a word of the school": (ENTRY_FILE, f"{CONTEST}result: nash-priz\ntags: [smelost]\n"),
    "nothing in many ways": (ENTRY_FILE, f'{CONTEST}result:\nsubject: ""\nscans: []\nevent: ~\n'),
    "a quoted word": (ENTRY_FILE, f'{CONTEST}draft: true\nresult: "winner"\n'),
    "a number as text": (
        "records/a/results.yml",
        "results: [{subject: 1, period: год, year: 2026-27, mark: 5}]",
    ),
    "text as a number": ("school/classes/2026-27.yml", CLASSES.replace("grade: 4", 'grade: "4"')),
    "classes": ("school/classes/2026-27.yml", CLASSES),
    "a consent": ("records/a/consent.yml", CONSENT),
    "an empty file of a family": ("students/a/portfolio.yml", "about:\n"),
}
BAD = {
    "an unknown key": (ENTRY_FILE, f"{CONTEST}rezult: winner\n", "rezult"),
    "a key of another kind": (ENTRY_FILE, f"{CONTEST}step: 5\n", "step"),
    "an unknown kind": (ENTRY_FILE, CONTEST.replace("contest", "contst"), "contst"),
    "no kind": (ENTRY_FILE, "id: x7k2\ntitle: Олимпиада\n", "kind"),
    "a missing key": (ENTRY_FILE, CONTEST.replace("form: olympiad\n", ""), "form"),
    "a needed key that is empty": (ENTRY_FILE, CONTEST.replace(": olympiad", ":"), "None"),
    "a word with a space": (ENTRY_FILE, f"{CONTEST}result: 1 место\n", "1 место"),
    "a word in Russian": (ENTRY_FILE, f"{CONTEST}result: победитель\n", "победитель"),
    "a word in capitals": (ENTRY_FILE, f"{CONTEST}tags: [Experience]\n", "Experience"),
    "a day as people say it": (ENTRY_FILE, f"{CONTEST}date: 14 октября\n", "14 октября"),
    "a day that never was": (ENTRY_FILE, f"{CONTEST}date: 2026-02-30\n", "2026-02-30"),
    "an audience nobody knows": (ENTRY_FILE, f"{CONTEST}visibility: friends\n", "friends"),
    "a word where true belongs": (ENTRY_FILE, f"{CONTEST}draft: yes\n", "yes"),
    "one scan where a list belongs": (ENTRY_FILE, f"{CONTEST}scans: a.jpg\n", "a.jpg"),
    "a list where one value belongs": (ENTRY_FILE, f"{CONTEST}subject: [a, b]\n", "['a', 'b']"),
    "two lines where one belongs": (ENTRY_FILE, f'{CONTEST}original: "a\\nb"\n', "a\\nb"),
    "a key inside a scan": (ENTRY_FILE, f"{CONTEST}scans: [{{file: a.jpg, desc: b}}]\n", "desc"),
    "hours of less than one": (
        ENTRY_FILE,
        "id: a1\ntitle: Кружок\nkind: activity\nhours: 0\n",
        "0",
    ),
    "a step in words": (
        ENTRY_FILE,
        "id: a1\ntitle: ГТО\nkind: gto\nscheme: gto18\nstep: пятая\n",
        "пятая",
    ),
    "a twelfth grade": (
        "school/classes/2026-27.yml",
        CLASSES.replace("grade: 4", "grade: 12"),
        "12",
    ),
    "a year written in full": (
        "school/classes/2026-27.yml",
        CLASSES.replace("2026-27", "2026-2027"),
        "2026-2027",
    ),
    "a consent without its last day": (
        "records/a/consent.yml",
        CONSENT.replace("    until: 2027-08-31\n", ""),
        "until",
    ),
    "a consent of a grandmother": (
        "records/a/consent.yml",
        CONSENT.replace("mother", "grandmother"),
        "grandmother",
    ),
    "a palette of one's own": ("students/a/portfolio.yml", "design: {palette: pink}\n", "pink"),
    "a vocabulary without Russian": (
        "school/vocabulary/results.yml",
        "terms: [{code: a, en: a}]",
        "ru",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_what_the_models_take_the_schema_takes(name: str) -> None:
    path, text = GOOD[name]

    assert not refused_by_models(path, text)
    assert refused_by_schema(path, text) == []


@pytest.mark.parametrize("name", BAD)
def test_what_the_models_refuse_the_schema_refuses_and_names(name: str) -> None:
    path, text, names = BAD[name]

    assert refused_by_models(path, text)
    said = refused_by_schema(path, text)
    assert any(names in one for one in said), said
    assert len(said) == 1, said


# Which zones and days there are only the program knows; of an item with nothing in it an editor
# says so, where the program passes it over.
BEYOND = {"time-zone-unknown", "time-zone-unknown-far", "time-zone-unknown-path",
          "wrong-date-far-ahead", "wrong-date-long-ago", "nothing-is-nothing"}  # fmt: skip


@pytest.mark.parametrize("room", ["load", "check"])
def test_schemas_and_models_agree_on_every_file_of_the_golden_cases(room: str) -> None:
    differ = set()
    for name in names(room):
        for path, text in read_case(room, name)["files"].items():
            if not isinstance(text, str) or not globs_of(path):
                continue
            readable = isinstance(parse(path, text.encode()), Document)
            if readable and bool(refused_by_schema(path, text)) is not refused_by_models(
                path, text
            ):
                differ.add(name)
    assert differ == (BEYOND if room == "load" else set())


def test_a_closed_list_takes_no_words_of_a_school() -> None:
    signs = WORDS.vocabularies["gto-signs"].model_copy(update={"closed": True})
    closed = dataclasses.replace(WORDS, vocabularies={**WORDS.vocabularies, "gto-signs": signs})
    words = json.loads(schemas(closed)["entry.schema.json"])["$defs"]["words-gto-signs"]

    assert [one.get("const") for one in words["anyOf"]] == ["gold", "silver", "bronze"]
    assert READ["entry"]["$defs"]["words-gto-signs"]["anyOf"][-1]["title"] == "Слово школы"
