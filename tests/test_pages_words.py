"""Words, colours and the locked page. Do they read well, and hint at nobody?"""

import dataclasses
import datetime as dt
import re
from pathlib import Path

import pytest
from babel.dates import format_date
from jinja2 import UndefinedError

from generator.decide.facts import FACTS, LINKS, SAID
from generator.diagnostic import Lang
from generator.model.entry import EntryBase
from generator.model.kinds import KINDS, GroupWork
from generator.model.shown import Reason
from generator.pages import compose, compose_locked, policy, read_templates
from generator.pages.album import KINDS as KIND_ORDER
from generator.pages.catalogue import catalogue_of, read_texts
from generator.pages.words import (
    bind,
    find_language,
    set_date,
    set_quoted,
    set_span,
    split_paragraphs,
    unquoted,
)
from tests.test_pages import SHELLS, THEME, Reader, decision, edition, entry

DUTY = Reason("duty", "приказ № 1")

# ---- the locked page ----


def test_the_locked_page_has_its_slots_and_hints_at_nobody() -> None:
    one = edition(entry(), name="Анна Белова")
    locked = compose_locked(decision(one), SHELLS, THEME)
    assert set(locked.pieces[1::2]) == {"root", "id", "payload", "door"}
    html = locked.fill({"root": "../", "id": "zpf6yukkcldapqg5", "payload": "UEZTMQ==", "door": ""})
    for private in ("Анна", "Белова", "4 «А»", "Плюш", "student/"):
        assert private not in html
    reader = Reader(html)
    assert reader.tags[0] == (
        "html",
        {
            "lang": "ru",
            "data-site": "00c0ffee00c0ffee",
            "data-level": "primary",
            "data-root": "../",
            "data-id": "zpf6yukkcldapqg5",
        },
    )
    assert reader.values("src") == [
        "../u/0123456789abcdef/vision.js",
        "../u/0123456789abcdef/words.js",
        "../u/0123456789abcdef/unlock.js",
    ]
    assert '<template id="sealed" data-id="zpf6yukkcldapqg5">UEZTMQ==</template>' in html
    assert {"unlock", "code", "suggestions", "message", "remember", "texts"} <= set(
        reader.values("id")
    )


def test_the_first_page_is_the_same_page_at_the_root() -> None:
    html = compose_locked(decision(), SHELLS, THEME).fill(
        {"root": "", "id": "", "payload": "", "door": ""}
    )
    assert 'src="u/0123456789abcdef/unlock.js"' in html
    # No address, no code to look at on any card: then nobody is told to hold up a camera.
    assert "12&nbsp;слов" in html.replace("\xa0", "&nbsp;") and "камеру" not in html
    hosted = dataclasses.replace(decision(), address="https://a.example/")
    assert "наведите камеру телефона" in "".join(
        compose_locked(hosted, SHELLS, THEME).pieces
    ).replace("\xa0", " ")
    assert '<template id="sealed" data-id=""></template>' in html


def test_the_policy_allows_own_files_and_the_named_inline_scripts_only() -> None:
    named = dataclasses.replace(SHELLS, inline_scripts=("sha256-abc=",))
    assert policy(named) == (
        "default-src 'none'; script-src 'self' 'sha256-abc='; style-src 'self'; "
        "img-src 'self' blob: data:; font-src 'self'; connect-src 'self' blob:; "
        "worker-src 'self' blob:; frame-src 'none'; base-uri 'none'; form-action 'none'; "
        "object-src 'none'"
    )
    whole = compose_locked(decision(), named, THEME).fill(
        {"root": "", "id": "", "payload": "", "door": ""}
    )
    assert policy(named) in [a.get("content") for _, a in Reader(whole).tags]


# ---- words ----


def test_every_kind_has_its_place_and_every_field_of_an_entry_its_word() -> None:
    texts = read_texts(THEME, "ru")
    elsewhere = {"id", "kind", "title", "date", "period", "tags", "scans", "draft"}
    elsewhere |= {"reflection", "why_it_matters", "visibility", "people", "measures"}
    told = (*FACTS, *SAID, *LINKS)
    assert len(told) == len(set(told))
    kinds: tuple[type[EntryBase], ...] = (*KINDS.values(), GroupWork)
    for kind in kinds:
        assert set(kind.model_fields) <= {*told, *elsewhere}
    assert {f"fact-{name.replace('_', '-')}" for name in told} <= set(texts)
    assert len(KIND_ORDER) == len(set(KIND_ORDER))
    assert set(KIND_ORDER) == {*KINDS, "group"}


def no_words(theme: Path) -> None:
    """An empty theme."""
    file = catalogue_of(theme, "ru")
    file.parent.mkdir(parents=True)
    file.write_text("")


def test_an_unknown_name_in_a_template_is_an_error_at_once(tmp_path: Path) -> None:
    no_words(tmp_path)
    (tmp_path / "locked.html").write_text("{{ nobody }}")
    with pytest.raises(UndefinedError):
        compose_locked(decision(), SHELLS, tmp_path)


def test_a_template_that_was_changed_is_read_anew(tmp_path: Path) -> None:
    no_words(tmp_path)
    for words in ("one", "another"):
        (tmp_path / "locked.html").write_text(words)
        assert compose_locked(decision(), SHELLS, tmp_path).pieces == (words,)


def test_what_looks_the_same_to_several_readers_is_set_once_and_nothing_else_is() -> None:
    once = read_templates(THEME, "ru").engine.globals["once"]
    work, other = entry(title="Наш скворечник"), entry(title="Наша кормушка")
    for second, again in ((work, 1), (dataclasses.replace(work, reason=DUTY), 1), (other, 0)):
        once.cache_clear()  # type: ignore[attr-defined]
        own, taught = edition(work), edition(second, path="student/x/teacher", tier="teacher")
        pages = compose(decision(own, taught), {}, SHELLS, THEME)
        assert once.cache_info().hits == again  # type: ignore[attr-defined]
        assert [one.title in page.html for page in pages for one in (work, other)] == [
            True, False, second is not other, second is other,
        ]  # fmt: skip


def test_dates_are_written_as_people_write_them() -> None:
    day = dt.date(2026, 3, 14)
    assert set_date(day, "ru") == "14\xa0марта\xa02026\xa0г."
    assert set_date(day, "en") == "14\xa0March\xa02026"
    assert set_span(day, None, "ru") == set_span(day, day, "ru") == set_date(day, "ru")
    assert set_span(None, None, "ru") == ""


@pytest.mark.parametrize(
    ("start", "end", "ru", "en"),
    [
        ("2026-06-15", "2026-06-21", "15–21 июня 2026 г.", "15–21 June 2026"),
        ("2026-01-12", "2026-05-16", "12 января — 16 мая 2026 г.", "12 January — 16 May 2026"),
        (
            "2025-06-01",
            "2026-06-07",
            "1 июня 2025 г. — 7 июня 2026 г.",
            "1 June 2025 — 7 June 2026",
        ),
    ],
)
def test_a_span_says_once_what_both_days_have_in_common(
    start: str, end: str, ru: str, en: str
) -> None:
    first, last = (dt.date.fromisoformat(day) for day in (start, end))
    languages: tuple[Lang, ...] = ("ru", "en")
    for language, told in zip(languages, (ru, en), strict=True):
        span = set_span(first, last, language)
        assert span.replace("\xa0", " ").replace("\N{WORD JOINER}", "") == told
        assert re.search(r" —|–\d", span) is None  # no line begins with a dash or breaks at it


def test_words_in_a_style_sheet_end_neither_their_string_nor_the_sheet() -> None:
    said = set_quoted('О\'Нил "7" \\ </style> 4 «А»')
    assert said == '"О\\27 Нил \\22 7\\22  \\5c  \\3c /style\\3e  4 «А»"'


def test_every_day_of_a_year_is_said_as_the_unicode_consortium_says_it() -> None:
    for number in range(366):
        day = dt.date(2028, 1, 1) + dt.timedelta(number)
        for language, locale in (("ru", "ru"), ("en", "en_GB")):
            assert set_date(day, language).split() == format_date(day, "long", locale).split()


def test_no_full_stop_follows_a_date_that_ends_with_one() -> None:
    texts = read_texts(THEME, "ru")
    assert [key for key, words in texts.items() if re.search(r"\{(day|until)\}\.", words)] == []
    # Who signed ends with a stop too: «Орлова М. И.».
    assert [key for key, words in texts.items() if re.search(r"\{(on|by)\}\.", words)] == []
    pages = {page.name: page.read_text("utf-8") for page in (THEME / "pages").glob("*.html")}
    after = re.compile(r"(\|\s*date|\.under\s*\|\s*bind)\s*\}\}\.")
    assert [name for name, page in pages.items() if after.search(page)] == []


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        ("Кот и пёс", "Кот и~пёс"),
        ("и в каждом", "и~в~каждом"),
        ("Школа № 7", "Школа №~7"),
        ("25 метров", "25~метров"),
        ("Слово — дело", "Слово~— дело"),
        ("что-то я", "что-^то я"),
        ("по 273-ФЗ, по-своему", "по~273-^ФЗ, по-^своему"),
        ("северо-запад и Петрова-Водкина", "северо-запад и~Петрова-Водкина"),
        ("для кота", "для~кота"),
        ("дело 3, лист 6, лист дуба", "дело 3, лист~6, лист дуба"),
        ("", ""),
    ],
)
def test_short_words_do_not_hang_at_the_end_of_a_line(words: str, bound: str) -> None:
    assert bind(words).replace("\xa0", "~").replace("\u2060", "^") == bound


def test_paragraphs_are_what_empty_lines_part() -> None:
    assert split_paragraphs("Раз\nдва.\n\n \nТри.\n") == ["Раз два.", "Три."]
    assert split_paragraphs("") == []


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ("«Рисую»", "Рисую"),
        ('"Рисую"', "Рисую"),
        ("Рисую", "Рисую"),
        ("«Да» и «нет»", "«Да» и «нет»"),
        ("«", "«"),
    ],
)
def test_a_motto_is_quoted_once(words: str, bare: str) -> None:
    assert unquoted(words) == bare


@pytest.mark.parametrize(
    ("words", "page", "language"),
    [
        ("Рисую море", "ru", None),
        ("Рисую море", "en", "ru"),
        ("The cat and my dog", "ru", "en"),
        ("The cat and my dog", "en", None),
        ("Our film of «Снегурочка»", "ru", "en"),
        ("Our film of «Снегурочка»", "en", None),
        ("Mein Hund", "ru", None),
        ("Python, 1999", "ru", None),
        ("", "en", None),
    ],
)
def test_words_in_another_language_than_the_page_are_known_where_it_is_plain(
    words: str, page: Lang, language: Lang | None
) -> None:
    assert find_language(words, page) == language


@pytest.mark.parametrize(("language", "own", "other"), [("ru", "ru", "en"), ("en", "en", "ru")])
def test_somebodys_words_are_read_out_in_their_own_language(
    language: Lang, own: str, other: str
) -> None:
    said = {"ru": "Снимали фильм", "en": "The film and the book"}
    one = edition(entry(title=said[own], reflection=said[other]))
    html = compose(decision(one, language=language), {}, SHELLS, THEME)[0].html
    assert f"<h3>{said[own]}</h3>" in html
    assert f'<p lang="{other}">' in html


# ---- colours ----


def tokens(level: str, palette: str, scheme: str) -> dict[str, str]:
    """The colours that page.css gives to one look."""
    style = (THEME / "css" / "page.css").read_text(encoding="utf-8").partition("@media print")[0]
    found: dict[str, str] = {}
    wanted = {f'[data-level="{level}"]', f'[data-palette="{palette}"]'}
    if scheme == "slate":
        wanted.add('[data-md-color-scheme="slate"]')
    for parts, body in re.findall(r"^body((?:\[[^\]]+\])+) \{([^}]+)\}", style, re.MULTILINE):
        if set(re.findall(r"\[[^\]]+\]", parts)) <= wanted:
            found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", body))
    return found


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast of two colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("palette", ["school", "forest", "sea", "berry", "sun", "graphite"])
@pytest.mark.parametrize("level", ["primary", "basic", "senior"])
def test_every_look_can_be_read(level: str, palette: str, scheme: str) -> None:
    look = tokens(level, palette, scheme)
    for ink in ("ink", "soft", "accent"):
        for ground in ("paper", "wash"):
            assert contrast(look[ink], look[ground]) >= 4.5, (ink, ground, look)
    assert contrast(look["soft"], look["mat"]) >= 4.5
    # What stands round a child's page keeps the level's colours, whatever the child has chosen.
    plain = tokens(level, "school", scheme)
    assert (look["frame"], look["frame-wash"]) == (plain["accent"], plain["wash"])
    assert contrast(look["soft"], look["frame-wash"]) >= 4.5
