"""mkdocs.yml and theme/main.html: the handbook is read by weak eyes as every page of ours is."""

import re
from pathlib import Path

from generator.pages.catalogue import read_texts
from tests.sample import ROOT

_WORD = re.compile(r'^    (vision[\w-]*): "(.+)"$', re.MULTILINE)
THEME = ROOT / "theme"


def test_the_switch_of_the_handbook_says_the_words_of_every_other_page() -> None:
    said = dict(_WORD.findall((ROOT / "mkdocs.yml").read_text(encoding="utf-8")))
    texts = read_texts(THEME, "ru", None)
    assert said == {name: texts[name] for name in said}
    wanted = {name for name, _ in texts.items() if name.split("-")[0] == "vision"}
    assert set(said) == wanted


def test_the_handbook_takes_switch_and_style_of_every_other_page() -> None:
    page = Path(THEME / "main.html").read_text(encoding="utf-8")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert 'include "pages/vision.html"' in page
    assert "js/vision.js" in page
    assert "  - css/vision.css\n" in config
