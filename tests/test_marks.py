"""Marks: equal marks are equal bytes, so whatever counts changes them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import generator
from generator.flow.marks import mark_context
from generator.source import read_digests

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
    return mark_context(root, read_digests(root, [FILE], None))


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
