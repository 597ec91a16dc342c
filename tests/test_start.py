"""A school begins: `stupeni init` writes a repository that can be checked and built at once."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.typed import Terminal

ANSWERS = (
    "--name", "Школа № 5", "--short-name", "Пятая", "--person", "Орлова Вера Николаевна",
    "--order", "", "--way", "staff", "--forge", "none",
)  # fmt: skip
KEEPS = {"README.md": "моё", ".gitignore": "тоже моё"}


@pytest.mark.covers("R-030")
def test_a_school_without_students_is_fine_and_a_draft_appoints_nobody(
    terminal: Terminal,
) -> None:
    said = terminal("init", ".", *ANSWERS, "--no-git")

    assert "Хранилище готово" in said
    assert terminal.mistakes() == []
    assert "orders" not in terminal.text("school/people.yml").partition("people:")[2]


def test_what_is_asked_can_be_typed_and_a_wrong_answer_is_asked_again(terminal: Terminal) -> None:
    said = terminal(
        "init", "school", typed="Школа № 5\n\n9\nsta\n2\n1\n\nОрлова\nОрлова Вера Николаевна\n"
        "12-од\n30.08.2026\nпротокол № 1\n"
    )  # fmt: skip

    assert (said.count("не понимаю"), said.count("здесь нужен ответ")) == (3, 1)
    settings = (terminal.folder / "school/portfolios/school/school.yml").read_text("utf-8")
    assert "number: 12-од\n    date: 2026-08-30" in settings
    assert "number: протокол № 1\n    date: 2026-08-30" in settings
    people = (terminal.folder / "school/portfolios/school/people.yml").read_text("utf-8")
    assert "number: 12-од" in people
    assert (terminal.folder / "school/.gitea/PULL_REQUEST_TEMPLATE.md").is_file()


def test_without_an_answer_the_option_is_named_and_nothing_is_written(terminal: Terminal) -> None:
    said = terminal("init", "school", "--name", "Школа", typed="\n2\n4\n", end=2)

    assert "--person" in said
    assert "обычных знаков" in terminal("init", "school", *ANSWERS, "--name", "a\x1b[2J", end=2)
    assert terminal.files() == {}


@pytest.mark.parametrize("way", ["pinned", "staff", "class"])
def test_the_way_of_working_is_told_and_the_risky_one_with_a_warning(
    terminal: Terminal, way: str
) -> None:
    said = terminal("init", "school", *ANSWERS, "--way", way, "--no-git")
    readme = (terminal.folder / "school/README.md").read_text("utf-8")

    assert ("ВНИМАНИЕ" in said) == ("Внимание" in readme) == (way == "class")
    assert "{{" not in readme
    assert ("stupeni editor make editor --forge forgejo" in readme) == (way != "staff")


def test_the_command_for_the_editor_names_the_server_that_was_answered(terminal: Terminal) -> None:
    where = ("--forge", "forgejo", "--server", "https://git.example/", "--owner", "deti")
    terminal("init", "school", *ANSWERS, "--way", "pinned", "--no-git", *where)
    readme = (terminal.folder / "school/README.md").read_text("utf-8")

    assert "--address https://git.example --repo deti/{student}`" in readme


def test_what_lies_there_is_left_and_a_school_is_never_begun_over_another(
    terminal: Terminal,
) -> None:
    for name, text in KEEPS.items():
        (terminal.folder / name).write_text(text, "utf-8")

    said = terminal("init", ".", *ANSWERS)
    assert said.count("уже было, оставлено") == 2
    assert all((terminal.folder / n).read_text("utf-8") == text for n, text in KEEPS.items())

    before = terminal.files()
    assert "уже есть portfolios" in terminal("init", ".", *ANSWERS, end=2)
    assert terminal.files() == before


def test_when_the_disk_refuses_one_file_none_is_left(terminal: Terminal) -> None:
    (terminal.folder / "school").mkdir()
    (terminal.folder / "school/.vscode").write_text("", "utf-8")  # a file in the way
    terminal("init", "school", *ANSWERS, end=2)

    assert [*terminal.files()] == ["school/.vscode"]


def test_editors_are_told_which_of_our_schemas_holds_and_ask_nobody_else(
    terminal: Terminal,
) -> None:
    terminal("init", ".", *ANSWERS, "--no-git")
    settings = json.loads((terminal.folder / ".vscode/settings.json").read_text("utf-8"))

    assert settings["yaml.schemaStore.enable"] is False
    assert all((terminal.folder / schema).is_file() for schema in settings["yaml.schemas"])


def test_the_history_begins_with_one_commit_and_heeds_nobodys_settings(
    terminal: Terminal, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    hook = home / "hooks/post-commit"
    hook.parent.mkdir()
    hook.write_text(f"#!/bin/sh\ntouch {home}/ran\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    (home / ".gitconfig").write_text(f"[core]\nhooksPath = {home}/hooks\n", "utf-8")
    terminal.patch.setenv("HOME", str(home))

    terminal("init", "school", *ANSWERS)

    folder = terminal.folder / "school"
    assert git(folder, "log", "--format=%an %s") == "stupeni Портфолио школы: начало\n"
    assert git(folder, "status", "--porcelain") == ""
    assert not (home / "ran").exists()


def test_a_folder_of_somebodys_repository_gets_no_second_one(terminal: Terminal) -> None:
    git(terminal.folder, "init", "--quiet")
    assert "сделайте коммит сами" in terminal("init", "school", *ANSWERS)

    assert not (terminal.folder / "school/.git").exists()
    assert git(terminal.folder, "status", "--porcelain") == "?? school/\n"


def git(folder: Path, *arguments: str) -> str:
    """What Git says in a folder."""
    ran = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=True, timeout=30
    )
    return ran.stdout
