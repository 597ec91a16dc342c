"""A school's YAML -> ordinary Markdown and plain MkDocs. What would it cost without us?"""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.bench.clock import Cost, run_timed
from tests.bench.world import World

_CONFIG = {
    "site_name": "Портфолио",
    "use_directory_urls": False,
    "theme": {
        "name": "material",
        "language": "ru",
        "font": False,
        "features": ["navigation.prune"],
    },
    "plugins": [{"search": {"lang": "ru"}}],
    "markdown_extensions": ["admonition", "attr_list", "tables", {"toc": {"permalink": True}}],
}


def write_plain(world: World) -> int:
    """How many pages an ordinary MkDocs site of the same students got, a folder for each class."""
    docs = world.folder / "plain" / "docs"
    docs.mkdir(parents=True)
    (world.folder / "plain" / "mkdocs.yml").write_text(json.dumps(_CONFIG), encoding="utf-8")
    classes, pages = _classes(world.school), 0
    (docs / "index.md").write_text("# Школа\n", encoding="utf-8")
    for folder in sorted((world.school / "students").iterdir()):
        page = docs / classes[folder.name] / f"{folder.name}.md"
        page.parent.mkdir(exist_ok=True)
        lines = _page(world.school, folder)
        page.write_text("\n".join(lines) + "\n", encoding="utf-8")
        pages += 1
    return pages


def run_plain(world: World) -> Cost:
    """The cost of `mkdocs build` of that site, from nothing."""
    folder = world.folder / "plain"
    shutil.rmtree(folder / "site", ignore_errors=True)
    return run_timed([sys.executable, "-m", "mkdocs", "build", "--quiet"], folder, world.env())


def _page(school: Path, folder: Path) -> Iterator[str]:
    name = _read(school / "records" / folder.name / "student.yml")["name"]
    portfolio = _read(folder / "portfolio.yml")
    entries = [_read(path) for path in sorted(folder.glob("entries/*/entry.yml"))]
    yield f"# {name['surname']} {name['given']}\n"
    if about := portfolio.get("about"):
        yield f'!!! quote "{about["motto"]}"\n    {about["text"]}\n'
    for goal in portfolio.get("goals", ()):
        yield f"## Цель: {goal['statement']}\n"
        yield "".join(f"- {step}\n" for step in goal["steps"])
    yield "## Записи\n\n| День | Вид | Название | Программа |\n| --- | --- | --- | --- |"
    for entry in entries:
        yield f"| {entry['date']} | {entry['kind']} | {entry['title']} | {entry['programme']} |"
    for entry in entries:
        yield from _entry(folder.name, entry)


def _entry(student: str, entry: dict[str, Any]) -> Iterator[str]:
    yield f"\n### {entry['title']}\n\n{entry['date']}, {entry['kind']}\n"
    for key in ("subject", "discipline", "organisation", "stage", "result", "hours"):
        if key in entry:
            yield f"- {key}: {entry[key]}"
    yield f"\n{entry.get('reflection', '')}\n"
    for scan in entry.get("scans", ()):
        # Pictures stay where they are: MkDocs is not made to copy what we seal.
        yield f"![{scan['description']}](/media/{student}/{entry['id']}/{scan['file']})\n"


def _classes(school: Path) -> dict[str, str]:
    """Student -> class of the latest year."""
    latest = max((school / "school" / "classes").glob("*.yml"))
    listed = _read(latest)["classes"]
    return {student: group["id"] for group in listed for student in group["students"]}


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
