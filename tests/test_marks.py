"""Marks: equal marks are equal bytes, so whatever counts changes them."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jinja2 import TemplateNotFound

import generator
from generator.flow.marks import mark_context, mark_filling
from generator.pages import read_templates
from generator.pages.apart import APART
from generator.source import read_digests, read_stamps
from tests.sample import ROOT

FILE = "students/belova-anna/portfolio.yml"
STRANGE = (
    "called: {name}\n  Белова\n",
    "called:\n# like this\n  {name}\n",
    "called: # like this\n\n  {name}\n",
    "called:\n\n  {name}\n",
    'called: "Аня\n{name}"\n',
    "called: |\n  {name}\n",
    "called: Аня\n# and so on\n  {name}\n",
    '  "c\\x61lled": {name}\n',
    "called: Аня\rcalled: {name}\n",
    '"called": {name}\n',
    "? called\n: {name}\n",
    "{{called: {name}}}\n",
    "  called: {name}\n",
    "about:\n  text: called\ncalled:\n  {name}\n",
)
"""Ways to write how somebody is called, or what a program may take for it."""


def mark(root: Path, text: str) -> str:
    path = root / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return mark_context(root, read_digests(root, read_stamps(root, [FILE]), None))


@pytest.mark.parametrize("text", ["called: {name}\nabout:\n  text: я\n", *STRANGE])
def test_another_name_is_another_context_however_it_is_written(tmp_path: Path, text: str) -> None:
    one, two = (mark(tmp_path, text.format(name=name)) for name in ("Ромашка", "Василёк"))
    assert one != two


def test_what_one_student_writes_besides_is_no_context_of_others(tmp_path: Path) -> None:
    one, two = (mark(tmp_path, f"called: Аня\nabout:\n  text: {it}\n") for it in ("я", "мы"))
    assert one == two
    assert mark(tmp_path, "about:\n  text: я\n") == mark(tmp_path, "about:\n  text: мы\n")


def test_a_picture_is_made_anew_when_our_own_code_for_pictures_changes(tmp_path: Path) -> None:
    """A mask that covered nothing once must not stay in any cache when it is mended."""
    shutil.copytree(Path(generator.__file__).parent, tmp_path / "generator")
    command = "from generator.media import recipe; print(recipe.read_fingerprint(recipe.STANDARD))"

    def fingerprint() -> str:
        words = [sys.executable, "-B", "-c", command]
        run = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True)
        return run.stdout

    before = fingerprint()
    assert fingerprint() == before
    with (tmp_path / "generator/media/clean.py").open("a", encoding="utf-8") as code:
        code.write("\n# another way\n")
    assert fingerprint() != before


def test_a_template_that_no_site_is_made_of_changes_no_site(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for name in ("edition.html", "deck.html"):
        (pages / name).write_text("1", encoding="utf-8")
    before = mark_filling(tmp_path)

    (pages / "deck.html").write_text("2", encoding="utf-8")
    assert mark_filling(tmp_path) == before
    (pages / "edition.html").write_text("2", encoding="utf-8")
    assert mark_filling(tmp_path) != before


def test_nothing_that_sites_are_made_of_takes_from_what_is_apart(tmp_path: Path) -> None:
    pages = ROOT / "theme" / "pages"
    named = {one.name: re.findall(r'{% \w+ "([\w.-]+)"', one.read_text("utf-8"))
             for one in pages.glob("*.html")}  # fmt: skip
    assert named.keys() > APART
    taken = {name for one, names in named.items() if one not in APART for name in names}
    assert "parts.html" in taken and not taken & APART
    engine = read_templates(ROOT / "theme", "ru", tmp_path).engine
    assert engine.get_template("edition.html")
    with pytest.raises(TemplateNotFound):
        engine.get_template("deck.html")
