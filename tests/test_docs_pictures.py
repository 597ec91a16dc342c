"""The pictures of the handbook. Are they there, told in words, light, and without a secret?"""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from generator.cli.staff import ROLES
from generator.model.edition import Holder
from generator.model.site import Card
from tests.handbook import LARGEST, OUT, PICTURES, Desk, cards_sheet, draw
from tests.sample import Sample

DOCS = OUT.parent
SHOWN = re.compile(r"!\[([^\]]*)\]\((\S+?)\)")
TOGETHER = 400_000
DOORS = ("Ученик", "Родитель", "Классный руководитель", "Завуч", "Администратор")


def shown() -> list[tuple[Path, str, Path]]:
    """Every picture that a page shows: the page, its words, the file."""
    pages = sorted(DOCS.rglob("*.md"))
    found = ((page, SHOWN.findall(page.read_text(encoding="utf-8"))) for page in pages)
    return [(page, alt, (page.parent / at).resolve()) for page, all_ in found for alt, at in all_]


def test_every_picture_is_there_is_shown_once_and_can_be_made_again() -> None:
    named = sorted(file.stem for _, _, file in shown())
    assert named == sorted(PICTURES)
    assert sorted(OUT.iterdir()) == sorted(file for _, _, file in shown())
    assert {file for _, _, file in shown()} == {OUT / f"{name}.webp" for name in PICTURES}


def test_every_picture_is_told_in_words() -> None:
    alts = [alt for _, alt, _ in shown()]
    assert [alt for alt in alts if len(alt.split()) < 5] == []
    assert len(set(alts)) == len(alts)


def test_pictures_are_light_and_hold_nothing_but_the_picture() -> None:
    files = sorted(OUT.iterdir())
    assert [file.name for file in files if file.stat().st_size > LARGEST] == []
    assert sum(file.stat().st_size for file in files) <= TOGETHER
    for file in files:
        with Image.open(file) as picture:
            assert picture.format == "WEBP"
            assert not {"exif", "xmp", "icc_profile"} & set(picture.info), file.name


def test_every_role_has_a_door_of_its_own_and_a_memo() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    for door in DOORS:
        behind = index.partition(f"-   **{door}**")[2].partition("\n-   **")[0]
        assert behind.count("](how-to/") >= 6, door
    memo = (DOCS / "how-to" / "memo.md").read_text(encoding="utf-8")
    assert re.findall("^stupeni memo ([a-z]+)$", memo, re.MULTILINE) == list(ROLES)


def test_every_how_to_is_behind_somebodys_door() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    pages = [file.name for file in (DOCS / "how-to").glob("*.md")]
    assert [name for name in pages if f"](how-to/{name})" not in index] == []


def secrets(pair: tuple[Holder, Card]) -> tuple[str, ...]:
    """What opens something: the code, the words as they stand on paper."""
    return pair[1].code, "</li><li>".join(pair[1].words)


def test_the_picture_of_cards_shows_no_code_that_opens_anything(sample: Sample) -> None:
    sheet = cards_sheet(sample)
    cards = [(holder, card) for _, holder, card in sample.cards()]
    assert "образец" in sheet
    assert [h.audience for h, c in cards for one in secrets((h, c)) if one in sheet] == []
    assert [card.qr_svg for _, card in cards if card.qr_svg and card.qr_svg in sheet] == []


@pytest.mark.browser
def test_the_script_still_makes_a_picture(
    chromium: Browser, sample: Sample, tmp_path: Path
) -> None:
    made = draw(Desk(sample, chromium, tmp_path), "cards")

    assert len(made) <= LARGEST
    with Image.open(BytesIO(made)) as new, Image.open(OUT / "cards.webp") as old:
        assert new.size == old.size
