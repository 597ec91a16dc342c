"""The words of the interface. Are they whole in both languages, and said right?"""

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from generator.diagnostic import Lang
from generator.pages.catalogue import Texts, catalogue_of, read_texts
from tests.world import SCHEMA

HOME = SCHEMA.parent
THEME = HOME / "theme"
LANGUAGES: tuple[Lang, ...] = ("ru", "en")
PLACE = re.compile(r"\{\w+\}")
OF_PEOPLE = "who|by|name|paper|title|what|words|parts|act"
"""Places where words stand that people wrote: nobody knows their cases."""


def read_catalogue(path: Path) -> Catalog:
    """As Babel reads it."""
    return read_po(io.BytesIO(path.read_bytes()), abort_invalid=True)


def several(words: object) -> tuple[str, ...]:
    """The names or the forms of one text: Babel gives one alone, or several."""
    found = words if isinstance(words, tuple | list) else (words,)
    return tuple(map(str, found))


def words_of(catalogue: Catalog) -> dict[str, Message]:
    """By their names."""
    return {several(one.id)[0]: one for one in catalogue if one.id}


def forms(one: Message) -> tuple[str, ...]:
    """What is said, for each number where it has forms."""
    return several(one.string)


RU, EN = (words_of(read_catalogue(catalogue_of(THEME, language))) for language in LANGUAGES)


def test_both_languages_have_the_same_words_in_the_same_order() -> None:
    assert list(RU) == list(EN)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in RU)
    assert [name for name in RU if RU[name].pluralizable != EN[name].pluralizable] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_whole(language: Lang) -> None:
    catalogue = read_catalogue(catalogue_of(THEME, language))
    header = dict(catalogue.mime_headers)
    assert header["Language"] == language
    assert header["Content-Type"] == "text/plain; charset=utf-8"
    raw = catalogue_of(THEME, language).read_text(encoding="utf-8")
    assert re.findall(r"nplurals=(\d)", raw) == [str(get_plural(language).num_plurals)]
    assert get_plural(language).plural_expr in raw
    assert catalogue.obsolete == {}
    assert [one.id for one in catalogue if one.fuzzy] == []
    # Whoever writes a name twice loses one of its texts.
    assert raw.count("\nmsgid ") == len(words_of(catalogue)) + 1
    for name, one in words_of(catalogue).items():
        assert all(forms(one)), name
        assert not one.pluralizable or len(forms(one)) == get_plural(language).num_plurals, name


def test_the_same_is_put_into_the_words_of_both_languages() -> None:
    for name in RU:
        places = {
            tuple(sorted(PLACE.findall(form))) for one in (RU, EN) for form in forms(one[name])
        }
        assert len(places) == 1, name
        assert not RU[name].pluralizable or "{n}" in places.pop(), name


def test_every_word_is_used_and_no_unknown_one_is_asked_for() -> None:
    users = [*THEME.rglob("*.html"), *(HOME / "generator" / "pages").glob("*.py")]
    code = "".join(path.read_text(encoding="utf-8") for path in users)
    plain = set(re.findall(r"""texts\[["']([a-z0-9-]+)["']\]""", code))
    counted = set(re.findall(r"""texts\.count\(["']([a-z0-9-]+)["'],""", code))
    families = {*re.findall(r"""texts\[\(?f?["']([a-z-]+-)["'{]""", code), "seal-"}
    unused = {name for name in RU if not name.startswith(tuple(families))} - plain - counted
    assert unused == set()
    assert counted == {name for name in RU if RU[name].pluralizable}
    assert plain <= {name for name in RU if not RU[name].pluralizable}
    assert [one for one in families if not any(name.startswith(one) for name in RU)] == []


def test_a_name_stands_where_it_needs_no_case() -> None:
    apart = re.compile(rf"(?:^|: |\(|«|— )\{{(?:{OF_PEOPLE})\}}")
    for name, one in RU.items():
        for form in forms(one):
            asked = re.findall(rf"\{{(?:{OF_PEOPLE})\}}", form)
            assert len(apart.findall(form)) == len(asked), (name, form)


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("ru", 1, "1 строка."),
        ("ru", 2, "2 строки."),
        ("ru", 5, "5 строк."),
        ("ru", 11, "11 строк."),
        ("ru", 12, "12 строк."),
        ("ru", 21, "21 строка."),
        ("ru", 112, "112 строк."),
        ("ru", 122, "122 строки."),
        ("en", 1, "1 line."),
        ("en", 2, "2 lines."),
        ("en", 21, "21 lines."),
    ],
)
def test_a_number_has_the_form_that_goes_with_it(language: Lang, number: int, said: str) -> None:
    assert f" {said} " in read_texts(THEME, language).count("extract-lines", number)


def test_an_unknown_word_is_an_error_at_once() -> None:
    texts = read_texts(THEME, "ru")
    for name in ("no-such-word", "extract-lines"):
        with pytest.raises(KeyError):
            texts[name]
    for name in ("no-such-word", "nav"):
        with pytest.raises(KeyError):
            texts.count(name, 2)
    assert "no-such-word" not in texts


def test_all_that_may_be_said_holds_every_form() -> None:
    said = read_texts(THEME, "ru").every()
    assert {form for one in RU.values() for form in forms(one)} == set(said)


# ---- what is kept of it ----


def write(theme: Path, words: str) -> Path:
    file = catalogue_of(theme, "ru")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'msgid "one"\nmsgstr "{words}"\n', encoding="utf-8")
    return file


def read_anew(theme: Path, kept: Path) -> Texts:
    """As a process that has read nothing yet."""
    from generator.pages.catalogue import _read

    _read.cache_clear()
    kept.mkdir(exist_ok=True)
    return read_texts(theme, "ru", kept)


def test_a_compiled_catalogue_is_kept_and_believed_only_as_long_as_it_is_of_these_words(
    tmp_path: Path,
) -> None:
    theme, kept = tmp_path / "theme", tmp_path / "kept"
    write(theme, "раз")
    assert read_anew(theme, kept)["one"] == "раз"
    first = (kept / "ru.mo").read_bytes()
    write(theme, "два")
    assert read_anew(theme, kept)["one"] == "два"
    second = (kept / "ru.mo").read_bytes()
    assert second != first
    # An old one that came back, one that was cut, and one in which a byte is another.
    for damaged in (first, second[:-1], second.replace("два".encode(), "две".encode()), b""):
        (kept / "ru.mo").write_bytes(damaged)
        assert read_anew(theme, kept)["one"] == "два"
        assert (kept / "ru.mo").read_bytes() == second


def test_what_is_kept_is_read_without_babel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "theme", "раз")
    read_anew(tmp_path / "theme", tmp_path / "kept")
    # Loading it takes longer than all the rest of a build where nothing changed.
    monkeypatch.setitem(__import__("sys").modules, "babel.messages.pofile", None)
    assert read_anew(tmp_path / "theme", tmp_path / "kept")["one"] == "раз"
