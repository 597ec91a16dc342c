"""The product -> docs/reference and the files of schema/ that nobody writes by hand."""

from pathlib import Path

from generator.model.schemas import editor_settings, schemas
from tests.reference.commands import commands
from tests.reference.diagnostics import diagnostics
from tests.reference.events import events
from tests.reference.fields import fields
from tests.reference.register import register
from tests.reference.regulation import regulation
from tests.reference.sight import sealed_format, who_sees_what
from tests.reference.switches import switches
from tests.reference.words import acts, vocabularies
from tests.wording import WORDS

HOME = Path(__file__).parents[2]
FOLDER = HOME / "docs" / "reference"
MADE = "<!-- python -m tests.reference -->\n\n"


def pages() -> dict[str, str]:
    """Every page of the reference: file name -> Markdown."""
    made = {
        "acts.md": acts(),
        "commands.md": commands(),
        "diagnostics.md": diagnostics(),
        "events.md": events(),
        "fields.md": fields(),
        "register.md": register(),
        "regulation.md": regulation(),
        "sealed-format.md": sealed_format(),
        "switches.md": switches(),
        "vocabularies.md": vocabularies(),
        "who-sees-what.md": who_sees_what(),
    }
    return {name: MADE + text for name, text in made.items()}


def written() -> list[Path]:
    """The pages of the reference that were made here; others are measured, not made."""
    return [one for one in FOLDER.glob("*.md") if one.read_text("utf-8").startswith(MADE)]


def schema_files() -> dict[str, str]:
    """What the models say to editors: file name -> JSON."""
    return {**schemas(WORDS), "vscode-settings.json": editor_settings()}


def write_all() -> None:
    """Pages and schemas written; a page or schema that is no longer made is taken away."""
    for folder, made, ours in (
        (FOLDER, pages(), written()),
        (HOME / "schema", schema_files(), (HOME / "schema").glob("*.schema.json")),
    ):
        folder.mkdir(parents=True, exist_ok=True)
        for path in ours:
            if path.name not in made:
                path.unlink()
        for name, text in made.items():
            (folder / name).write_text(text, encoding="utf-8")
