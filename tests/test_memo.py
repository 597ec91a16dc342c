"""Memos: one sheet for everybody of a role, in the school's language."""

import re
from pathlib import Path
from typing import get_args

import pypdfium2
import pytest
from playwright.sync_api import Browser

from generator.cli.staff import ROLES
from generator.diagnostic import Lang
from generator.flow.memo import make_memo
from generator.model.site import Memo, MemoOf
from generator.pages.papers import compose_memo
from tests.sample import ROOT, job_in
from tests.world import world

LANGUAGES: tuple[Lang, ...] = ("ru", "en")
SITES = tuple(
    (level, f"https://portfolio.school.example/{level}/")
    for level in ("primary", "basic", "senior")
)


def paper(role: MemoOf, language: Lang) -> str:
    """With as much on it as there can be."""
    name = (
        "Муниципальное автономное общеобразовательное учреждение «Лицей № 1 имени Ивана Фёдорова»"
    )
    return compose_memo(Memo(name, role, SITES), language, ROOT / "theme")


def test_the_command_takes_every_role_there_is() -> None:
    assert get_args(MemoOf) == ROLES


def test_a_memo_lies_among_the_papers_of_the_school_and_bears_its_name(tmp_path: Path) -> None:
    job = job_in(tmp_path, world(tmp_path / "portfolios"))

    file = make_memo(job, "parent")

    assert file.is_relative_to(job.private)
    assert file.stat().st_mode & 0o777 == 0o600
    html = file.read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert "Памятка родителям" in html
    assert re.search(r"<header>\s*<p>\w", html)


@pytest.mark.parametrize("role", ROLES)
def test_a_memo_says_three_steps_three_prohibitions_and_whom_to_ask(role: MemoOf) -> None:
    words: tuple[tuple[Lang, str, str], ...] = (
        ("ru", r"\bкарточк|\bкод|\bключ", r"[Сс]ним"),
        ("en", r"\bcard|\bcode|\bkey", r"[Pp]hotograph|[Dd]o not keep children|picture"),
    )
    for language, code, pictures in words:
        html = paper(role, language)
        never = html.partition('class="never"')[2].partition("</section>")[0]
        assert html.count("<li>") == 3 + 3 + len(SITES)
        assert never.count("<li>") == 3
        assert re.search(code, never), "the code is never given away"
        assert re.search(pictures, never), "others' papers are never photographed"
        assert 'class="line"' in html


@pytest.mark.browser
def test_every_memo_is_one_sheet_of_a4_that_can_be_read_from_the_wall(
    chromium: Browser, tmp_path: Path
) -> None:
    page = chromium.new_page()
    for language in LANGUAGES:
        for role in ROLES:
            page.set_content(paper(role, language))
            page.pdf(path=tmp_path / "memo.pdf", prefer_css_page_size=True)
            with pypdfium2.PdfDocument(tmp_path / "memo.pdf") as document:
                assert len(document) == 1, (language, role)
                width, height = document[0].get_size()
            assert (round(width), round(height)) == (595, 842)
    sizes, colours = page.locator("main *").evaluate_all(
        "(all) => [all.map((it) => parseFloat(getComputedStyle(it).fontSize)),"
        " all.map((it) => getComputedStyle(it).color)]"
    )
    page.close()
    assert min(sizes) >= 11 * 96 / 72
    assert set(colours) == {"rgb(0, 0, 0)"}
