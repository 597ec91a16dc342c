"""A school, a forge -> a folder with the editor for families. May it lie where it is wanted?"""

import json
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from generator.diagnostic import Text, quote
from generator.editor.configs import STUDENT, Desk, config_of
from generator.editor.page import files_of
from generator.editor.program import read_package, read_pin, unpack
from generator.flow.job import Job, read_school
from generator.load import read_labels
from generator.model.schemas import Wording
from generator.trouble import Trouble
from generator.whole import clearing, write_whole, writing

_REPOSITORY = re.compile(r"([\w.-]+/)+[\w.{}-]+", re.ASCII)


def make_editor(job: Job, desk: Desk, folder: Path, package: Path | None) -> int:
    """The whole folder in place of the one before; how many files it holds."""
    refuse_desk(desk)
    _refuse_foreign(folder)
    school, _ = read_school(job)
    labels = read_labels(job.home / "schema" / "labels")
    title = f"Портфолио. {school.settings.short_name or school.settings.name}"
    config = config_of(desk, Wording(labels, school.vocabularies, {}), title)
    theme = job.home / "theme"
    pin = read_pin(theme, desk.program)
    said = json.loads((theme / "editor" / "ru.json").read_text("utf-8"))
    program = unpack(pin, read_package(pin, package, job.private / "programs"), said)
    files = files_of(desk, config, program, theme)
    draft = folder.with_name(f".{folder.name}.new")
    with writing(folder), clearing(draft):
        shutil.rmtree(draft, ignore_errors=True)
        for name, content in files.items():
            (draft / name).parent.mkdir(parents=True, exist_ok=True)
            write_whole(draft / name, content, 0o644)
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
    return len(files)


def refuse_desk(desk: Desk) -> None:
    """Trouble when the forge's address or the repository's name cannot be what was meant."""
    parts = urlsplit(desk.address)
    here = parts.hostname in ("127.0.0.1", "localhost")
    plain = parts.scheme == "https" or (parts.scheme == "http" and here)
    if not plain or not re.fullmatch(r"[\w.:-]+", parts.netloc, re.ASCII) or parts.query:
        raise Trouble(
            Text(f"{quote(desk.address)} — не адрес хранилищ школы",
                 f"{quote(desk.address)} is no address of a forge"),
            Text("напишите целиком, например https://git.school.example",
                 "write all of it, e.g. https://git.school.example"),
        )  # fmt: skip
    bare = desk.repository.replace(STUDENT, "x")
    if not _REPOSITORY.fullmatch(desk.repository) or "{" in bare or "}" in bare:
        raise Trouble(
            Text(f"{quote(desk.repository)} — не имя хранилища",
                 f"{quote(desk.repository)} is no name of a repository"),
            Text("напишите, например, shkola/{student} — у каждого своё, или shkola/5a",
                 "write e.g. shkola/{student}, one for each, or shkola/5a"),
        )  # fmt: skip


def _refuse_foreign(folder: Path) -> None:
    ours = (folder / "config.json").is_file() and (folder / "student.js").is_file()
    empty = folder.is_dir() and not any(folder.iterdir())
    if folder.is_symlink() or (folder.exists() and not (ours or empty)):
        raise Trouble(
            Text(f"в {quote(folder)} лежит что-то другое", f"{quote(folder)} holds something else"),
            Text("назовите новую папку: эта не тронута", "name a new folder: nothing was done"),
        )
