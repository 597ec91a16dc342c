"""Readers learn what is wrong and what to do, in their language."""

import ast
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from generator.diagnostic import Diagnostic, Place, Severity, Text, quote
from generator.say import Format, Veil, among, choose, near_or, nearest, plural, say, summary

LINES = {4: "scans:", 5: "  - file: documents/gramota.jpg"}


VEIL = Veil(bytes(32), lasting=True)
PASSING = Veil(bytes(32), lasting=False)
# First digits of `printf %s belova-anna | openssl dgst -sha256 -mac hmac -macopt hexkey:00…`.
BELOVA, ENTRY = "49a7b466", "9071dfd6"


def line(_file: str, number: int) -> str:
    return LINES.get(number, "")


def missing(
    number: int = 5, code: str = "scan-missing", severity: Severity = "error"
) -> Diagnostic:
    return Diagnostic(
        Place("students/belova-anna/entries/a-x7k2/entry.yml", number, 11, 21),
        code,
        Text(
            "скана `documents/gramota.jpg` нет в папке",
            "the scan `documents/gramota.jpg` is missing",
        ),
        Text("похоже на `gramota-2026.jpg`", "it looks like `gramota-2026.jpg`"),
        severity,
    )


def test_the_full_form_shows_the_line_and_the_place_in_it() -> None:
    assert say([missing()], "full", "ru", line) == (
        "students/belova-anna/entries/a-x7k2/entry.yml:5:11: error[scan-missing]: "
        "скана `documents/gramota.jpg` нет в папке\n"
        "  |\n"
        "5 |   - file: documents/gramota.jpg\n"
        "  |           ^^^^^^^^^^^^^^^^^^^^^\n"
        "  fix: похоже на `gramota-2026.jpg`\n"
    )


def test_the_concise_form_is_one_line() -> None:
    assert say([missing(severity="warning")], "concise", "en", line) == (
        "students/belova-anna/entries/a-x7k2/entry.yml:5:11: warning[scan-missing]: "
        "the scan `documents/gramota.jpg` is missing; fix: it looks like `gramota-2026.jpg`\n"
    )


def test_json_has_the_same_fields() -> None:
    assert json.loads(say([missing()], "json", "ru", line)) == [
        {
            "file": "students/belova-anna/entries/a-x7k2/entry.yml",
            "line": 5,
            "column": 11,
            "width": 21,
            "severity": "error",
            "code": "scan-missing",
            "message": "скана `documents/gramota.jpg` нет в папке",
            "fix": "похоже на `gramota-2026.jpg`",
        }
    ]


@pytest.mark.parametrize("form", ["full", "concise", "json"])
def test_a_public_log_shows_none_of_the_writers_words(form: Format) -> None:
    said = say([missing()], form, "ru", line, VEIL)

    assert "gramota" not in said
    assert "скана `…` нет в папке" in said
    assert "belova" not in said
    assert "a-x7k2" not in said
    assert f"students/{BELOVA}/entries/{ENTRY}/entry.yml" in said


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        ("records/belova-anna/student.yml", "records/{belova}/student.yml"),
        ("students/belova-anna/portfolio.yml", "students/{belova}/portfolio.yml"),
        ("students/belova-anna/entries", "students/{belova}/entries"),
        ("school/classes/2026-27.yml", "school/classes/2026-27.yml"),
        ("school/people.yml", "school/people.yml"),
        ("school/access.yml", "school/access.yml"),
    ],
)
def test_on_a_public_log_one_student_is_one_sign_everywhere(file: str, shown: str) -> None:
    found = Diagnostic(Place(file), "unknown-file", Text("что", "what"), Text("как", "how"))

    said = say([found], "concise", "ru", line, VEIL)

    assert said.startswith(shown.format(belova=BELOVA) + ": error")


def test_on_a_public_log_a_file_with_a_childs_name_is_a_sign_too() -> None:
    place = Place("students/belova-anna/entries/a-x7k2/Диплом Беловой.jpg", 1, 1)
    many = [Diagnostic(place, "scan-broken", Text("", ""), Text("", "")) for _ in range(7)]

    said = say(many, "concise", "ru", line, VEIL)

    assert "Белов" not in said
    assert "jpg" not in said
    assert "и ещё 2 раза" in said
    assert "belova" not in said


CLASS = [f"child-{letter}" for letter in "abcdefghijklmnop"]
FORMS: tuple[Format, ...] = get_args(Format)


def of_class(*, column: int = 3) -> list[Diagnostic]:
    text = Text("нет слова", "no word")
    return [
        Diagnostic(Place(f"students/{name}/portfolio.yml", 2, column, 7), "x", text, text)
        for name in CLASS
    ]


@pytest.mark.parametrize("form", FORMS)
def test_no_list_of_likely_names_tells_who_a_sign_is(form: Format) -> None:
    said = say(of_class(), form, "ru", line, VEIL)

    for name in CLASS:
        for known in (hashlib.new(kind, name.encode()) for kind in ("md5", "sha1", "sha256")):
            assert known.hexdigest()[:6] not in said
        assert known.digest().hex()[:4] not in re.findall(r"students/(\w{4})", said)


@pytest.mark.parametrize("form", FORMS)
def test_the_order_of_a_public_log_is_not_that_of_the_names(form: Format) -> None:
    told = [say(of_class(), form, "ru", line, Veil(bytes([n]) * 32, lasting=True)) for n in (1, 2)]
    places = [re.findall(r"students(?:/|\\/)(\w{8})", one) for one in told]

    # Each child's sign alone, to see where in the log that child stands.
    ranks = []
    for n, found in zip((1, 2), places, strict=True):
        veil = Veil(bytes([n]) * 32, lasting=True)
        ranks.append([found.index(veil.path(f"students/{name}").split("/")[1]) for name in CLASS])
    assert ranks[0] != ranks[1]
    assert all(sorted(rank) == list(range(len(CLASS))) != rank for rank in ranks)


@pytest.mark.parametrize("form", FORMS)
def test_a_public_log_tells_neither_how_long_a_word_is_nor_where_a_child_stands_in_a_list(
    form: Format,
) -> None:
    text = Text("тут `Вера`", "here `Vera`")
    words = [
        say([Diagnostic(Place("students/v/student.yml", 2, 3, width), "x", text, text)],
            form, "ru", line, VEIL)
        for width in (4, 17)
    ]  # fmt: skip
    assert words[0] == words[1]
    for file in ("school/classes/2026-27.yml", "school/collectives.yml", "school/access.yml"):
        listed = [
            say([Diagnostic(Place(file, number, 5, 4), "x", text, text)], form, "ru", line, VEIL)
            for number in (7, 23)
        ]
        assert listed[0] == listed[1], file


def test_what_must_not_be_repeated_is_not_shown_as_an_excerpt() -> None:
    assert "gramota.jpg\n" not in say([missing(code="personal-paper")], "full", "ru", line)


def test_nothing_wrong_is_nothing_said() -> None:
    assert say([], "full", "ru", line) == ""
    assert say([], "concise", "ru", line) == ""
    assert json.loads(say([], "json", "ru", line)) == []


def test_diagnostics_come_in_the_order_of_their_places() -> None:
    said = say([missing(12), missing(5), missing(7)], "concise", "ru", line).splitlines()

    assert [part.split(":")[1] for part in said] == ["5", "7", "12"]


def test_full_diagnostics_stand_apart() -> None:
    assert "\n\n" in say([missing(4), missing(5)], "full", "ru", line)


def test_more_than_five_alike_are_counted() -> None:
    many = [missing(number) for number in range(1, 9)] + [missing(9, "other")]

    said = say(many, "concise", "ru", line).splitlines()

    assert len(said) == 7
    assert said[5].endswith("entry.yml: и ещё 3 раза: scan-missing")
    assert "error[other]" in said[6]
    assert len(json.loads(say(many, "json", "ru", line))) == 9
    assert len(say(many[:5], "concise", "ru", line).splitlines()) == 5


def test_a_place_without_a_line_shows_the_file_only() -> None:
    whole = Diagnostic(Place("a/diplom.jpg"), "x", Text("лишний файл", ""), Text("уберите", ""))

    assert (
        say([whole], "full", "ru", line) == "a/diplom.jpg: error[x]: лишний файл\n  fix: уберите\n"
    )


def test_a_very_long_line_is_shown_around_the_place() -> None:
    text = "a" * 5000 + "HERE" + "b" * 5000
    far = Diagnostic(Place("a.yml", 1, 5001, 4), "x", Text("тут", ""), Text("там", ""))

    _, _, shown, carets, _ = say([far], "full", "ru", lambda _f, _l: text).splitlines()

    assert len(shown) < 200
    assert shown.index("HERE") == carets.index("^")
    assert carets.count("^") == 4


def test_tabs_do_not_move_the_carets() -> None:
    tab = Diagnostic(Place("a.yml", 1, 3, 1), "x", Text("тут", ""), Text("там", ""))

    _, _, shown, carets, _ = say([tab], "full", "ru", lambda _f, _l: "\t\tx").splitlines()

    assert shown.index("x") == carets.index("^")


def test_what_people_write_cannot_steer_the_terminal() -> None:
    evil = Diagnostic(
        Place("a\x1b[2J.yml", 1, 1),
        "x",
        Text("\x1b[31mкрасное\u202e", ""),
        Text("строка\nещё", ""),
    )

    forms: tuple[Format, ...] = ("full", "concise")
    for form in forms:
        said = say([evil], form, "ru", lambda _f, _l: "\x1b]0;title\x07")
        assert not any(sign in said for sign in "\x1b\x07\u202e")


@pytest.mark.parametrize(
    ("number", "form"),
    [(0, "много"), (1, "один"), (2, "мало"), (4, "мало"), (5, "много"), (11, "много"),
     (12, "много"), (14, "много"), (21, "один"), (22, "мало"), (100, "много"), (101, "один"),
     (111, "много"), (112, "много"), (122, "мало")],
)  # fmt: skip
def test_russian_counts_have_three_forms(number: int, form: str) -> None:
    assert plural(number, "один", "мало", "много") == form


def test_the_summary_counts_in_both_languages() -> None:
    found = [missing(), missing(7), missing(8, severity="warning")]

    assert summary(found, 41, "ru") == "2 ошибки, 1 предупреждение: в 1 из 41 портфолио"
    assert summary(found, 41, "en") == "2 errors, 1 warning in 1 of 41 portfolios"
    assert summary(found[:1], 41, "en") == "1 error in 1 of 41 portfolios"
    assert summary([], 41, "ru") == "41 портфолио: всё в порядке"


def test_a_summary_of_the_schools_own_files_names_no_portfolio() -> None:
    own = Diagnostic(Place("school/people.yml"), "x", Text("", ""), Text("", ""))

    assert summary([own], 41, "ru") == "1 ошибка"


def test_the_nearest_word_is_found_and_a_far_one_is_not() -> None:
    assert nearest("titel", ["title", "date"]) == "title"
    assert nearest("Diplom.JPG", ["diplom.jpg"]) == "diplom.jpg"
    assert nearest("a.jpg", ["b.jpg"]) is None
    assert nearest("sources.yml", ["access.yml"]) is None
    assert nearest("x", []) is None


def test_what_to_write_instead_is_near_or_all_of_it() -> None:
    assert among("titel", ["title", "date"]).ru == "похоже на «title»"
    assert among("zzz", ["title", "date"]).en == 'known here: "title", "date"'
    assert near_or("orlva", ["orlova"], Text("нет", "no")).en == "it looks like `orlova`"
    assert near_or("zzz", ["orlova"], Text("нет", "no")).en == "no"


def test_a_code_can_be_found_by_its_russian_word() -> None:
    terms = [
        ("winner", Text("победитель", "winner"), ("1 место", "гран-при")),
        ("laureate", Text("лауреат", "laureate"), ()),
    ]

    assert choose("Победитель", terms).ru == "похоже на «winner»"
    assert choose("Гран при", terms).en == 'it looks like "winner"'
    assert choose("zzz", terms).ru == "здесь бывает: «winner» (победитель), «laureate» (лауреат)"


def test_quoted_words_never_end_the_quote() -> None:
    assert quote("a`b\nc") == "`a'b c`"
    assert quote("x" * 100) == "`" + "x" * 59 + "…`"


# --- both languages ---

GENERATOR = Path(__file__).parents[1] / "generator"


def texts() -> Iterator[tuple[str, ast.Call]]:
    """Every place of the product where words in both languages are written down."""
    for file in sorted(GENERATOR.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Text":
                yield f"{file.relative_to(GENERATOR)}:{node.lineno}", node


def spelled(node: ast.expr) -> str:
    """The words that stand in the source itself; of an f-string all but its values."""
    parts = (one.value for one in ast.walk(node) if isinstance(one, ast.Constant))
    return "".join(part for part in parts if isinstance(part, str))


def test_everything_we_say_is_said_in_both_languages() -> None:
    found = list(texts())
    assert len(found) > 200
    for where, call in found:
        assert len(call.args) == 2 and not call.keywords, where
        ru, en = call.args
        if where.startswith("model/shown.py") and spelled(ru) == spelled(en) == "":
            continue  # NOTHING: there is nothing to say
        for said in (ru, en):
            if isinstance(said, ast.Constant | ast.JoinedStr):
                assert ast.unparse(said) not in ("''", '""'), where
        if isinstance(ru, ast.Constant) and isinstance(en, ast.Constant):
            wordless = not any(sign.isalpha() for sign in spelled(ru))
            assert ru.value != en.value or wordless, where


def test_russian_is_written_in_russian_and_english_in_english() -> None:
    for where, call in texts():
        ru, en = (spelled(said) for said in call.args)
        # What a table of the school has to say letter by letter stands in «…», as it is there.
        assert not re.search("[А-Яа-яЁё]", re.sub("«[А-Яа-яЁё ]+»", "", en)), where
        if isinstance(call.args[0], ast.Constant) and re.search("[A-Za-z]{2}", en):
            assert re.search("[А-Яа-яЁё]", ru), where
