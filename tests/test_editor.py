"""The editor for families: what it asks, where it writes, whom it may ask, which program it is."""

import io
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from generator.editor.configs import Desk
from generator.editor.page import policy
from generator.editor.program import read_package, read_pin, unpack
from generator.editor.widgets import Config
from generator.flow.editor import refuse_desk
from generator.model.fields import KEPT, LEFT, Field, entry_fields, portfolio_fields
from generator.model.kinds import KINDS
from generator.model.portfolio import Portfolio
from generator.model.record import Record, records_in
from generator.source import yaml_of
from generator.trouble import Trouble
from tests.editors import OWN, PROGRAMS, SHARED, THEME, config, package, words
from tests.typed import Terminal

DESKS = {
    "own": OWN,
    "class": SHARED,
    "gitlab": Desk("gitlab", "https://git.school.example", "shkola/{student}", app="7"),
    "proposed": Desk("gitlab", "https://git.school.example", "shkola/5a"),
    "github": Desk("github", "https://github.com", "shkola/{student}", app="1"),
}


def _keys(fields: tuple[Field, ...]) -> Iterator[tuple[str, ...]]:
    for field in fields:
        yield (field.key,)
        yield from ((field.key, *inner) for inner in _keys(field.inside))


def _model_keys(model: type[Record]) -> Iterator[tuple[str, ...]]:
    left = {key for record, keys in LEFT.items() if issubclass(model, record) for key in keys}
    for key, field in model.model_fields.items():
        if key in left:
            continue
        yield (key,)
        for record in records_in(field.annotation):
            yield from ((key, *inner) for inner in _model_keys(record))


def _widgets(config: Config) -> Iterator[Config]:
    for one in config["collections"]:
        for fields in (one.get("fields", ()), *(file["fields"] for file in one.get("files", ()))):
            yield from _below(fields)


def _shapes(name: str, forms: set[str]) -> set[str]:
    shown = [one for one in config(DESKS[name])["collections"] if one["name"] in forms]
    return {f"{one['widget']} {sorted(one)}" for one in _widgets({"collections": shown})}


def _below(fields: list[Config]) -> Iterator[Config]:
    for field in fields:
        yield field
        yield from _below([*field.get("fields", ()), *filter(None, [field.get("field")])])


@pytest.mark.covers("R-033", "R-035", "R-036")
def test_every_key_that_a_family_writes_is_asked_and_no_other() -> None:
    asked = {**entry_fields(words()), "": portfolio_fields(words())}
    for kind, fields in asked.items():
        model: type[Record] = KINDS[kind] if kind else Portfolio
        assert sorted(_keys(fields)) == sorted(_model_keys(model)), kind
    for record, keys in (*KEPT.items(), *LEFT.items()):
        assert keys <= record.model_fields.keys()


def test_the_order_of_fields_is_the_order_of_files() -> None:
    for kind, fields in entry_fields(words()).items():
        order = sorted(KINDS[kind].key_order(), key=lambda key: key != "kind")
        assert [field.key for field in fields] == order


def test_whatever_is_shown_is_called_something_in_russian() -> None:
    for desk in DESKS.values():
        for widget in _widgets(config(desk)):
            if widget["widget"] not in ("hidden", "new-id"):
                assert re.search("[а-яё]", widget["label"].lower()), widget
                assert "`" not in widget.get("hint", ""), widget
            assert all(
                re.search("[а-яё]", one["label"].lower()) for one in widget.get("options", ())
            )


def test_the_configuration_is_what_the_makers_of_sveltia_publish_as_valid() -> None:
    valid = Draft7Validator(_published_schema())
    # The forms that together have every widget; all of them would take a minute.
    every = {"about", "gto", "series", "all"}
    for name, forms in {
        "own": every,
        "gitlab": {"all"},
        "proposed": {"all"},
        "github": {"all"},
    }.items():
        told = config(DESKS[name])
        kept = [one for one in told["collections"] if one["name"] in forms]
        assert DESKS[name].program == "sveltia" and len(kept) == len(forms)
        assert [one.message for one in valid.iter_errors(told | {"collections": kept})] == []
    kinds = {one["name"] for one in config(OWN)["collections"]}
    assert _shapes("own", every) == _shapes("own", kinds)
    small = told | {"collections": kept}
    broken: tuple[Config, ...] = ({"backnd": {}}, {"publish_mode": "now"}, {"collections": [{}]})
    for one in broken:
        assert not valid.is_valid(small | one)


def _published_schema() -> Any:
    _, content = package("sveltia")
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
        opened = archive.extractfile("package/schema/sveltia-cms.json")
        assert opened
        return json.load(opened)


@pytest.mark.parametrize("name", sorted(DESKS))
def test_nothing_is_deleted_or_published_past_a_teacher(name: str) -> None:
    told, desk = config(DESKS[name]), DESKS[name]
    entries = [one for one in told["collections"] if "folder" in one]

    assert len(entries) == len(KINDS) + 1
    assert all(one["delete"] is False for one in entries)
    proposed = told.get("publish_mode") == "editorial_workflow"
    assert proposed is not desk.is_own
    assert all((one.get("publish") is False) == proposed for one in told["collections"])
    assert told.get("media_libraries", {"stock_assets": {"providers": []}})["stock_assets"] == {
        "providers": []
    }


def test_an_entry_gets_a_folder_of_its_own_with_names_that_check_accepts() -> None:
    sveltia, decap = config(OWN), config(SHARED)
    contest, other = (
        next(one for one in told["collections"] if one["name"] == "contest")
        for told in (sveltia, decap)
    )

    assert (contest["folder"], contest["path"], contest["extension"]) == (
        "entries", "{{slug}}/entry", "yml",
    )  # fmt: skip
    template = "{{fields.title | truncate(30, '-')}}-{{fields.id}}"
    assert contest["slug"] == {"template": template, "editable": False}
    assert sveltia["slug"]["encoding"] == "ascii" and sveltia["slug"]["clean_accents"]
    assert other["folder"] == "portfolios/students/{student}/entries"
    # It strips Cyrillic letters where it should spell them, and turns days by the time zone.
    assert other["slug"] == "{{fields.kind}}-{{fields.id}}"
    assert decap["slug"]["encoding"] == "unicode"
    assert not any("picker_utc" in widget for widget in _widgets(decap))
    assert "{{year}}" not in json.dumps([sveltia, decap])


def test_a_choice_with_a_default_offers_no_empty_choice_and_old_words_stay() -> None:
    widgets = list(_widgets(config(OWN)))

    assert all(one["required"] for one in widgets if one.get("default") and "label" in one)
    assert all("required" not in one for one in widgets if one["widget"] == "hidden")
    scheme = next(one for one in widgets if one["name"] == "scheme")
    assert scheme["options"][1] == {"label": "11 ступеней (по 22.03.2023)", "value": "gto11"}


def test_decap_asks_for_nothing_inside_what_is_left_out() -> None:
    period = next(one for one in _widgets(config(SHARED)) if one["name"] == "period")

    assert [one["required"] for one in period["fields"]] == [False, False]


def test_the_page_may_ask_itself_and_the_forge_and_nobody_else() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy(OWN).split("; "))

    assert rules["default-src"] == "'none'"
    assert rules["connect-src"] == "'self' blob: data: https://git.school.example"
    assert rules["script-src"] == "'self' 'wasm-unsafe-eval'"
    every = " ".join(rules.values())
    assert set(re.findall(r"https?://\S+", every)) == {"https://git.school.example"}
    assert policy(DESKS["github"]).count("https://api.github.com") == 2


def test_no_file_of_the_editor_names_a_child() -> None:
    for desk in DESKS.values():
        told = json.dumps(config(desk), ensure_ascii=False)
        assert "{student}" in told
        assert "belova" not in told


def test_another_package_than_the_one_that_was_tried_is_refused(tmp_path: Path) -> None:
    brought = tmp_path / "cms.tgz"
    brought.write_bytes(b"not it")

    with pytest.raises(Trouble, match="is not the package"):
        read_package(read_pin(THEME, "sveltia"), brought, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_what_is_taken_asks_no_foreign_server_for_words_signs_or_health() -> None:
    pin, content = package("sveltia")
    files = unpack(pin, content, {"show_errors": "Показать, где", "cancel": "не это"})
    code = files["index.js"].decode()

    assert "/fontsource/" not in code
    assert "status.json`" in code and "githubstatus.com/api" not in code
    assert "Показать, где" in files["ru.js"].decode() and "не это" not in files["ru.js"].decode()
    assert "LICENSE.txt" in files and not any(name.endswith(".map") for name in files)
    with pytest.raises(ValueError, match="is there 0 times, not 1"):
        unpack(replace(pin, changes=(("no such words", "", 1),)), content, {})


@pytest.mark.parametrize(
    ("address", "repository"),
    [
        ("http://git.school.example", "shkola/{student}"),
        ("https://git.school.example'; script-src *", "shkola/{student}"),
        ("git.school.example", "shkola/{student}"),
        ("https://git.school.example", "shkola"),
        ("https://git.school.example", "shkola/{pupil}"),
    ],
)
def test_a_forge_that_cannot_be_meant_is_refused(address: str, repository: str) -> None:
    with pytest.raises(Trouble):
        refuse_desk(Desk("forgejo", address, repository))


@pytest.mark.parametrize("text", ["007", "1e3", "41.50", "0x1F", "2026.", "12345678901234567890"])
def test_what_an_editor_would_take_for_a_number_is_quoted(text: str) -> None:
    assert yaml_of({"number": text}) == f"number: '{text}'\n"
    assert yaml_of({"number": "7", "place": "12-од", "day": "2026-03-09"}).count("'") == 0


def test_the_folder_is_written_whole_and_somebody_elses_is_not_touched(terminal: Terminal) -> None:
    package("sveltia")
    brought = next(PROGRAMS.glob(f"{_kept('sveltia')}.tgz"))
    asked = (
        "--forge", "forgejo", "--address", "https://git.school.example",
        "--repo", "shkola/{student}", "--package", str(brought),
    )  # fmt: skip
    terminal("init", ".", "--name", "Школа № 5", "--short-name", "Пятая", "--person",
             "Орлова Вера Николаевна", "--order", "", "--way", "pinned", "--forge", "forgejo",
             "--server", "", "--owner", "", "--no-git")  # fmt: skip
    said = terminal("editor", "make", "editor", *asked)

    assert "Редактор готов" in said and "#student=" in said
    files = terminal.files()
    assert b"Content-Security-Policy" in files["editor/index.html"]
    assert "Портфолио. Пятая" in json.loads(files["editor/config.json"])["app_title"]
    assert len(files["editor/program/index.js"]) > 2_000_000
    assert terminal("editor", "make", "editor", *asked) == said
    assert "что-то другое" in terminal("editor", "make", "portfolios", *asked, end=2)


def _kept(program: str) -> str:
    from hashlib import sha256

    return sha256(read_pin(THEME, program).sha512.encode()).hexdigest()[:16]
