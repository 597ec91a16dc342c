"""What everybody may read stands in clear, and nothing else does. Page, seal, sweep."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from generator.diagnostic import Text
from generator.model.edition import Edition, Home
from generator.model.shown import Confirmed
from generator.model.site import File, Leaf, Page, Picture, PrivateWord, Shell
from generator.pages import compose, compose_door, compose_locked
from generator.publish import lay_frame, sweep
from generator.seal import Sealed, seal
from generator.seal.keys import Keys
from generator.trouble import Trouble
from tests.test_pages import SHELLS, THEME, Reader, decision, edition, entry, scan

KEYS = Keys(bytes(range(32)), "0011223344556677", "primary")
SAID = 'Я рисовал кота "Плюша" целый вечер. Мне помогала бабушка & кошка.'
WORDS = (
    PrivateWord("Анна", "records/anna/student.yml"),
    PrivateWord("Белова", "records/anna/student.yml"),
    PrivateWord("Мне помогала бабушка & кошка", "entries/kot"),
    PrivateWord("Этого никому не показывать", "entries/secret"),
    PrivateWord("anna-belova", "records/anna/student.yml"),
)


def _everybodys(*entries: object, **changes: object) -> Edition:
    plain = edition(*entries, **changes)  # type: ignore[arg-type]
    return replace(
        plain, path="student/anna-belova/public", tier="public", compartments=("public",),
        name="Анна Б.", student="anna-belova",
    )  # fmt: skip


def _laid_open(tmp_path: Path, one: Edition) -> Sealed[File]:
    files = {}
    for name in ("thumb", "screen"):
        path = tmp_path / f"{name}.webp"
        path.write_bytes(b"RIFF\x1a\0\0\0WEBPVP8L" + name.encode())
        files[name] = Picture(str(path), 320, 240, name)
    home = Home(
        "open/primary", "public", "primary", ("public",), Text("Открытые", "Open"), (one.path,), ()
    )
    made = replace(decision(one), homes=(home,))
    leaves = {"s1": (Leaf(files["thumb"], files["screen"], "#aabbcc"),)}
    locked = compose_locked(made, SHELLS, THEME)
    return seal(compose(made, leaves, SHELLS, THEME), KEYS, locked)


def _pages(sealed: Sealed[File]) -> list[File]:
    return [file for file in sealed.open if file.path.endswith(".html")]


@pytest.mark.covers("R-134", "R-144")
def test_an_open_page_says_what_was_granted_and_passes_the_sweep(tmp_path: Path) -> None:
    one = _everybodys(entry(scans=(scan(),), reflection=SAID, why_it_matters=SAID * 4))
    sealed = _laid_open(tmp_path, one)

    pages = _pages(sealed)
    assert len(pages) == 2
    assert sealed.pages == sealed.assets == ()
    assert sweep(sealed.open, WORDS).leaks == ()
    page = next(file.content.decode() for file in pages if file.path not in sealed.doors.values())
    assert "Мне" in page
    assert "Анна Б." in page
    assert "page:" not in page
    assert "asset:" not in page
    assert "anna-belova" not in page
    assert "noindex" in THEME.joinpath("portfolio.html").read_text(encoding="utf-8")
    assert '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';' in page
    for file in sealed.open:
        assert file.path.startswith("o/")
        assert file.path.rpartition(".")[2] in ("html", "webp")


@pytest.mark.parametrize("end", [None, dt.date(2026, 5, 1)])
def test_a_child_who_is_called_as_a_month_is_stops_no_page_with_a_day_on_it(
    tmp_path: Path, end: dt.date | None
) -> None:
    words = (*WORDS, PrivateWord("Марта", "records/marta/student.yml"))
    sealed = _laid_open(tmp_path, _everybodys(entry(start=dt.date(2026, 3, 14), end=end)))
    page = next(file for file in _pages(sealed) if file.path not in sealed.doors.values())
    assert "14\N{NO-BREAK SPACE}марта" in page.content.decode()
    assert sweep(sealed.open, words).leaks == ()
    named = replace(page, content=page.content + "<p>Марта</p>".encode())
    assert sweep([named], words).leaks


@pytest.mark.covers("R-134", "R-144")
@pytest.mark.parametrize(
    "leak",
    [
        "<p>Этого никому не показывать</p>",
        "<p>Анна Белова</p>",
        '<img alt="Белова">',
        "<!-- anna-belova -->",
        "<p>&#1069;того никому не показывать</p>",
        "<p>Мама: Анна</p>",
    ],
)
def test_a_word_for_the_family_in_an_open_page_of_the_same_portfolio_is_caught(
    tmp_path: Path, leak: str
) -> None:
    sealed = _laid_open(tmp_path, _everybodys(entry(reflection=SAID)))
    page = next(file for file in _pages(sealed) if file.path not in sealed.doors.values())
    content = page.content.replace(b"</main>", f"{leak}</main>".encode())
    assert content != page.content

    found = sweep([replace(page, content=content)], WORDS).leaks
    assert [one.path for one in found] == [page.path]


def test_latin_words_granted_to_everybody_may_be_said_and_others_in_no_encoding() -> None:
    # In most encodings Latin letters are the same bytes: each reading of the page says them again.
    title = PrivateWord("Kangaroo Maths 2026", "entries/kenguru")
    page = File("o/x.html", b"<p>Kangaroo Maths 2026</p>", "open", (title.text,))
    assert sweep([page], (title,)).leaks == ()
    for encoding in ("cp1251", "utf-16-le"):
        hidden = page.content + " Белова ".encode(encoding)
        assert sweep([replace(page, content=hidden)], WORDS).leaks


def test_a_granted_word_does_not_hide_a_longer_private_one() -> None:
    private = (PrivateWord("моя мама болеет", "entries/secret"),)
    page = "<p>мама</p><p>моя мама болеет</p>".encode()
    granted = ("мама", "моя", "болеет")

    assert sweep([File("o/x.html", page, "open", granted)], private).leaks
    assert not sweep([File("o/x.html", page, "open", ("Моя мама болеет",))], private).leaks


def test_words_granted_on_one_page_are_not_granted_on_another() -> None:
    private = (PrivateWord("Рисунок про кота", "entries/kot"),)
    pages = [
        File("o/a.html", "<p>Рисунок про кота</p>".encode(), "open", ("Рисунок про кота",)),
        File("o/b.html", "<p>Рисунок про кота</p>".encode(), "open", ("Другое",)),
        File("p/c.html", "<p>Рисунок про кота</p>".encode()),
    ]

    assert [leak.path for leak in sweep(pages, private).leaks] == ["o/b.html", "p/c.html"]


def test_a_picture_in_clear_may_hold_no_word_at_all() -> None:
    private = (PrivateWord("Белова", "records/anna/student.yml"),)
    for hidden in ("Белова".encode(), b"<x:creator>" + "Белова".encode() + b"</x>"):
        picture = File("o/x.webp", b"RIFF\0\0\0\0WEBP\0" + hidden, "open")
        assert sweep([picture], private).leaks


def test_no_grown_up_is_named_under_a_confirmation_that_everybody_reads(tmp_path: Path) -> None:
    word = Confirmed(by="", on=dt.date(2026, 10, 5), basis="")
    sealed = _laid_open(tmp_path, _everybodys(entry(state="confirmed", confirmed=word)))
    page = next(
        file.content.decode() for file in _pages(sealed) if file.path not in sealed.doors.values()
    )

    folded = re.search(r'<details class="st-more" data-stands="yes">.*?</details>', page, re.DOTALL)
    assert folded is not None
    # The whole of it: a line more would be somebody or something that was not granted.
    assert Reader(folded[0]).text == (
        "Подтверждено Когда 5 октября 2026 г. Вид рисунок Что это значит"
    )


@pytest.mark.covers("R-144")
def test_the_locked_first_page_leads_to_open_pages_only_when_there_are_some(tmp_path: Path) -> None:
    locked = compose_locked(decision(), SHELLS, THEME)

    def first(sealed: Sealed[File]) -> str:
        door = compose_door(sealed.doors, "ru", THEME)
        files = {file.path: file for file in lay_frame(SHELLS, (locked, door), "")}
        return files["index.html"].content.decode()

    some = _laid_open(tmp_path, _everybodys(entry()))
    none = seal(compose(decision(edition(entry())), {}, SHELLS, THEME), KEYS, locked)
    assert some.doors["open"] in {file.path for file in some.open}
    assert f'href="{some.doors["open"]}"' in first(some)
    assert none.doors == {}
    assert 'href="o/' not in first(none)
    assert "Открытые" not in first(none)


# ---- the shelves of a page: 16 slots, one key for one child's pictures ----


def _page(*compartments: str) -> Page:
    return Page("class/x", "<p>Белова</p>", compartments, ())


def test_sixteen_keys_open_one_page_and_seventeen_are_refused_with_words() -> None:
    locked = Shell(("", "root", "", "id", "", "payload", "", "door", ""))
    many = tuple(f"child:{number}/family" for number in range(17))

    assert len(seal([_page(*many[:16])], KEYS, locked).pages) == 1
    with pytest.raises(Trouble) as told:
        seal([_page(*many)], KEYS, locked)
    assert "17" in told.value.message.ru
    assert "16" in told.value.message.ru


@pytest.mark.parametrize("compartments", [(), ("public", "class:x/shared")])
def test_a_page_for_nobody_or_for_all_and_some_is_never_published(
    compartments: tuple[str, ...],
) -> None:
    with pytest.raises(ValueError, match="nobody can tell"):
        seal([_page(*compartments)], KEYS, Shell(("", "root", "", "id", "", "payload", "", "door")))


@pytest.mark.covers("R-131")
def test_a_photo_of_two_children_is_sealed_for_each_of_them_apart(tmp_path: Path) -> None:
    path = tmp_path / "together.webp"
    path.write_bytes(b"RIFF\x1a\0\0\0WEBPVP8L" + bytes(300))
    photo = Picture(str(path), 320, 240, "d1")
    locked = compose_locked(decision(), SHELLS, THEME)

    def page(child: str) -> Page:
        html = f'<img data-sealed="asset:{child}/d1">'
        key = (f"child:{child}/family",)
        return Page(f"student/{child}/family", html, key, ((f"{child}/d1", photo),))

    assets = seal([page("anna"), page("boris")], KEYS, locked).assets
    assert len(assets) == len({file.path for file in assets}) == 2
    assert len({file.content[20:] for file in assets}) == 2
