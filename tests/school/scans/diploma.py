"""Words and a form -> a filled diploma. Which form, where does everything stand?"""

# ruff: noqa: PLR0913 - what is drawn has a place, a size, a colour, words …

import random

from PIL import Image, ImageDraw

from tests.school.scans import frames
from tests.school.scans.ink import PEN, emblem, handwriting, signature, stamp
from tests.school.scans.paper import Size, paper
from tests.school.scans.type import fitting, font, lines_of, put_line, put_lines, width_of
from tests.school.scans.words import Words, words_of

_UPRIGHT: Size = (1180, 1668)
_LYING: Size = (1668, 1180)
_SIGNS = {
    "шахмат": "rook",
    "робот": "gear",
    "Шестерёнка": "gear",
    "Верфь": "gear",
    "хакатон": "gear",
    "инженер": "gear",
    "изобретатель": "gear",
    "Стрела": "cup",
    "кросс": "cup",
    "гонки": "cup",
    "ГТО": "cup",
    "теннис": "cup",
    "пианист": "note",
    "Концерт": "note",
    "концерт": "note",
    "Камертон": "note",
    "танца": "note",
    "Исток": "leaf",
    "капля": "leaf",
    "медицин": "leaf",
    "приют": "leaf",
    "Светл": "leaf",
    "олимпиад": "star",
    "Олимпиад": "star",
    "турнир": "star",
    "Маятник": "star",
}
_BY_DOCUMENT: dict[str, tuple[frames.Template, ...]] = {
    "winner-diploma": (frames.gold, frames.guilloche, frames.laurel, frames.ribbon),
    "prize-diploma": (frames.guilloche, frames.ribbon, frames.gold, frames.corners),
    "diploma": (frames.corners, frames.blocks, frames.laurel, frames.folk),
    "honour": (frames.folk, frames.ribbon, frames.guilloche, frames.gold, frames.laurel),
    "certificate": (frames.certificate, frames.blocks, frames.corners),
    "attestation": (frames.certificate, frames.guilloche, frames.laurel),
    "thanks": (frames.letter, frames.folk, frames.corners, frames.ribbon),
    "merit-sheet": (frames.folk, frames.laurel),
    "education": (frames.guilloche,),
    "reference": (frames.letter,),
}

_PRINTED = ("thanks", "reference", "education")


def draw_diploma(rng: random.Random, given: dict[str, str], document: str) -> Image.Image:
    """The filled form, flat and clean, before any scanner or phone saw it."""
    words = words_of(given, document, rng)
    if document in ("identity", "volunteer-book"):
        return _booklet(rng, words)
    # one event, one form: two children of one class bring home the same paper
    of_event = random.Random(f"{given['event']}:{document}:{given['organiser']}")
    young = given["grade"].partition(" ")[0] in ("1", "2", "3", "4")
    choices = _BY_DOCUMENT[document]
    if young and given["stage"] == "school" and document != "reference":
        choices = (*choices, frames.children, frames.children)
    template = of_event.choice(choices)
    lying = template is not frames.letter and of_event.random() < (
        0.6 if document == "certificate" else 0.16
    )
    if template in (frames.children, frames.ribbon, frames.corners, frames.gold):
        lying = False
    sign = next(
        (sign for word, sign in _SIGNS.items() if word in given["event"] + given["organiser"]),
        "book",
    )
    form = template(of_event, _LYING if lying else _UPRIGHT, sign)
    by_hand = document not in _PRINTED and of_event.random() < 0.3
    _fill(rng, form, words, lying, by_hand)
    return form.sheet


def _fill(rng: random.Random, form: frames.Form, words: Words, lying: bool, by_hand: bool) -> None:
    page, draw = form.sheet, ImageDraw.Draw(form.sheet)
    left, top, right, bottom = form.room
    middle, wide = (left + right) / 2, right - left
    tall = bottom - top
    y = put_lines(draw, (middle, top + 14), words.organiser, form.face, 30, form.text, wide * 0.92)
    y += tall * 0.05
    size = fitting(
        words.title, form.title_face, 124 if not lying else 110, wide * 0.94, form.spacing
    )
    put_line(
        draw,
        (middle + 2, y + size * 0.5 + 3),
        words.title,
        form.title_face,
        size,
        (212, 200, 190),
        form.spacing,
    )
    put_line(
        draw, (middle, y + size * 0.5), words.title, form.title_face, size, form.title, form.spacing
    )
    y += size * 1.2
    if words.under:
        small = fitting(words.under, form.title_face, 46, wide * 0.94, 6)
        put_line(draw, (middle, y + 14), words.under, form.title_face, small, form.title, 6)
        y += 60
    y += tall * (0.065 if not lying else 0.03)
    put_line(draw, (middle, y), words.verb, form.face + "-italic", 36, form.text)
    y += tall * (0.08 if not lying else 0.09)
    y = _name(rng, page, form, words.name, (middle, y), wide, by_hand)
    y = put_lines(draw, (middle, y), words.who, form.face, 36, form.text, wide * 0.94)
    y += tall * (0.045 if not lying else 0.025)
    put_lines(draw, (middle, y), words.what, form.face + "-bold", 43, form.text, wide * 0.86)
    _foot(rng, form, words)


def _name(
    rng: random.Random, page: Image.Image, form: frames.Form, name: str,
    at: tuple[float, float], wide: float, by_hand: bool,
) -> float:  # fmt: skip
    draw = ImageDraw.Draw(page)
    if not by_hand:
        size = max(54, fitting(name, "serif-bold-italic", 68, wide * 0.94))
        return put_lines(draw, at, name, "serif-bold-italic", size, form.title, wide * 0.94) + 12
    y = at[1]
    size = max(50, fitting(name, "serif-italic", 64, wide * 0.82))
    for line in lines_of(name, "serif-italic", size, wide * 0.86):
        draw.line(
            (at[0] - wide * 0.45, y + 36, at[0] + wide * 0.45, y + 36), fill=form.text, width=1
        )
        long = width_of(line, "serif-italic", size) * 1.04
        handwriting(rng, page, (at[0] - long / 2, y), line, size)
        y += 84
    return y + 10


def _foot(rng: random.Random, form: frames.Form, words: Words) -> None:
    page, draw = form.sheet, ImageDraw.Draw(form.sheet)
    left, _, right, bottom = form.room
    wide = right - left
    y = bottom - 100
    for index, line in enumerate(lines_of(words.post, form.face, 29, wide * 0.3)):
        draw.text(
            (left + 10, y + index * 34), line, fill=form.text, font=font(form.face, 29), anchor="lm"
        )
    draw.text((right - 10, y), words.head, fill=form.text, font=font(form.face, 29), anchor="rm")
    middle = left + wide * 0.55
    draw.line((middle - 110, y + 14, middle + 100, y + 14), fill=form.text, width=1)
    put_line(
        draw,
        ((left + right) / 2, bottom - 8),
        f"{words.place}   {words.number}",
        form.face,
        26,
        form.text,
    )
    if words.stamped:
        stamp(
            rng,
            page,
            (left + wide * rng.uniform(0.34, 0.45), y - rng.randint(16, 50)),
            108,
            words.organiser,
        )
    signature(rng, page, (middle - 110, y + rng.randint(-12, 4)), 220)


def _booklet(rng: random.Random, words: Words) -> Image.Image:
    """A small opened booklet: a cardboard cover with a printed inside."""
    cover = rng.choice([(120, 24, 36), (24, 44, 92), (28, 84, 60)])
    page = paper(rng, (1560, 1080), cover)
    for index, left in enumerate((36, 792)):
        sheet = paper(rng, (732, 1008), (246, 243, 230))
        frames.rosette(sheet, (366, 520), 250, (226, 220, 200), 10)
        draw = ImageDraw.Draw(sheet)
        draw.rectangle((26, 26, 706, 982), outline=cover, width=3)
        if index == 0:
            emblem(sheet, (366, 190), 84, cover, "cup" if "норматив" in words.what else "book")
            y = put_lines(draw, (366, 330), words.organiser, "serif", 30, (50, 46, 44), 600)
            size = fitting(words.title, "serif-bold", 62, 620, 4)
            put_line(draw, (366, y + 70), words.title, "serif-bold", size, cover, 4)
            put_line(draw, (366, y + 150), words.number, "mono", 40, (150, 30, 40))
            put_lines(draw, (366, 900), words.place, "serif", 25, (50, 46, 44), 620)
        else:
            y = put_lines(draw, (366, 110), words.verb, "serif-italic", 28, (50, 46, 44), 600) + 34
            for line in words.name.split():
                draw.line((90, y + 32, 640, y + 32), fill=(120, 112, 100), width=1)
                handwriting(rng, sheet, (120 + rng.randint(0, 40), y), line, 54, PEN)
                y += 82
            put_lines(draw, (366, y + 20), words.what, "serif", 33, (40, 38, 38), 600)
            draw.text((70, 880), words.post, fill=(50, 46, 44), font=font("serif", 25), anchor="lm")
            draw.text(
                (670, 920), words.head, fill=(50, 46, 44), font=font("serif", 25), anchor="rm"
            )
            stamp(rng, sheet, (250, 790), 96, words.organiser)
            signature(rng, sheet, (360, 860), 200)
        page.paste(sheet, (left, 36))
    return page
