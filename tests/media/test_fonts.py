"""Fonts inside a PDF keep their letters and lose the names of those who made them."""

import io
import re
import struct
from pathlib import Path

import pikepdf
import pytest
from PIL import ImageFont

from generator.media.fonts import clean_font
from generator.media.pdf_copy import copy_pages
from tests.media.canaries import CANARY, sings
from tests.media.making import pdf
from tests.school.scans.type import font

_WORDS = (CANARY.encode(), CANARY.encode(), b"Bold")
LETTERS = "Диплом ёЁ Hamburgefonts 1234"


def truetype() -> bytes:
    """A true font whose copyright, and a table of an editor, say more than letters."""
    there = font("serif", 20)
    assert isinstance(there, ImageFont.FreeTypeFont)
    content = Path(str(there.path)).read_bytes()
    (count,) = struct.unpack_from(">H", content, 4)
    for at in range(12, 12 + 16 * count, 16):
        name, _, start, size = struct.unpack_from(">4sIII", content, at)
        if name == b"name":
            words = CANARY.encode("utf-16-be")
            start += size - len(words)
            content = content[:start] + words + content[start + len(words) :]
        if name == b"GPOS":
            content = content[:at] + b"PfEd" + content[at + 4 :]
    return content


def masks(content: bytes) -> list[bytes]:
    drawn = ImageFont.truetype(io.BytesIO(content), 40)
    return [bytes(drawn.getmask(letter)) for letter in LETTERS]


def compact(*words: bytes) -> bytes:
    """The head of a compact font: names, a dictionary of Notice, FullName, 7.5, Weight; strings."""
    numbers = [struct.pack(">BH", 28, 391 + n) for n in range(len(words))]
    real = b"\x1e\x7a\x5f"
    top = numbers[0] + b"\1" + numbers[1] + b"\2" + real + b"\x0c\x02" + numbers[2] + b"\4"
    lists = [index(b"ABCDEF+Font"), index(top), index(*words), index()]
    return b"\1\0\4\1" + b"".join(lists) + b"letters"


def index(*parts: bytes) -> bytes:
    if not parts:
        return b"\0\0"
    ends = [1 + sum(map(len, parts[:n])) for n in range(len(parts) + 1)]
    return struct.pack(">HB", len(parts), 1) + bytes(ends) + b"".join(parts)


def type1() -> bytes:
    clear = (
        f"%!PS-AdobeFont-1.0: Font 1.0\n%%CreationDate: {CANARY}\n/FontInfo 9 dict dup begin\n"
        f"/Notice (Copyright (\\(c\\) {CANARY}) by {CANARY}) readonly def\n"
        f"/FullName ({CANARY}) readonly def\n/FontName /Font def\ncurrentfile eexec\n"
    )
    return clear.encode() + b"\x9f\xe1letters"


def test_a_truetype_font_draws_the_same_letters_and_names_nobody() -> None:
    content = truetype()
    assert sings(content)
    clean = clean_font(content)
    assert not sings(clean)
    assert b"PfEd" not in clean
    assert masks(clean) == masks(content)
    assert clean_font(clean) == clean


def test_the_days_a_truetype_font_was_made_and_changed_are_gone() -> None:
    clean = clean_font(truetype())
    at = clean.index(b"head", 12)
    start, size = struct.unpack_from(">II", clean, at + 8)
    assert size == 54
    assert clean[start + 12 : start + 16] == b"\x5f\x0f\x3c\xf5"
    assert clean[start + 20 : start + 36] == bytes(16)


def test_a_compact_font_loses_the_words_of_its_head_alone() -> None:
    words = CANARY.encode(), CANARY.encode() * 2, b"Bold", b"glyphname"
    blank = [b" " * len(word) for word in words[:3]]
    assert clean_font(compact(*words)) == compact(*blank, words[3])


def test_a_type_1_font_is_blanked_without_a_change_of_length() -> None:
    clean = clean_font(type1())
    assert len(clean) == len(type1())
    assert not sings(clean)
    assert re.search(rb"/Notice \( +\) readonly def", clean)
    assert b"/FontName /Font def" in clean
    assert clean.endswith(b"currentfile eexec\n\x9f\xe1letters")


@pytest.mark.parametrize("odd", [b"", b"\1", b"\1\0\4\1\0\2", b"OTTO\0\x09", b"words"])
def test_what_is_no_font_stays_as_it_is(odd: bytes) -> None:
    assert clean_font(odd) == odd


@pytest.mark.parametrize(
    ("key", "make"),
    [("FontFile2", truetype), ("FontFile3", lambda: compact(*_WORDS)), ("FontFile", type1)],
)
def test_a_font_in_a_copied_pdf_names_nobody(key: str, make: object) -> None:
    assert callable(make)
    with pikepdf.open(io.BytesIO(pdf(["BT /F 20 Tf 5 5 Td (a) Tj ET"], []))) as document:
        packed = document.make_stream(make(), Length1=10, Length2=10, Length3=0)
        told = pikepdf.Dictionary({"/Type": pikepdf.Name.FontDescriptor, f"/{key}": packed})
        document.pages[0].Resources.Font = pikepdf.Dictionary(
            F=pikepdf.Dictionary(Type=pikepdf.Name.Font, FontDescriptor=told)
        )
        out = io.BytesIO()
        document.save(out)
    assert sings(out.getvalue())
    copy = copy_pages(out.getvalue())
    assert not sings(copy)
    assert copy_pages(copy) == copy
