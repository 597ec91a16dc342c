"""Code -> words. What should the owner of a scan know, though it was taken?"""

from typing import TypeGuard

from generator.diagnostic import Diagnostic, Place, Text

Remark = tuple[str, int]
"""A code, and the page it is about; page 0 is the whole file."""

_MOST_PAGES = 99

_TABLE = {
    "scan-attachment": (
        Text(
            "в PDF вложен другой файл: на страницу попадут только листы самого PDF",
            "another file is attached inside the PDF: only the PDF's own pages will be shown",
        ),
        Text(
            "если вложение нужно, достаньте его из PDF и положите рядом отдельным сканом",
            "if it matters, take it out of the PDF and put it beside as a scan of its own",
        ),
    ),
    "scan-blurry": (
        Text(
            "снимок нерезкий: буквы расплываются", "the picture is not sharp: letters run together"
        ),
        Text(
            "протрите стекло камеры, положите бумагу у окна и держите телефон двумя руками",
            "wipe the lens, lay the paper by a window and hold the phone with both hands",
        ),
    ),
    "scan-small": (
        Text(
            "снимок маленький: меньше 900 точек по длинной стороне, мелкие буквы не прочесть",
            "the picture is small: less than 900 pixels on its long side, small print is lost",
        ),
        Text(
            "положите исходный файл с телефона, а не присланный в мессенджере",
            "put the file from the phone itself, not the one sent by a messenger",
        ),
    ),
    "scan-dark": (
        Text("снимок тёмный: бумага серая", "the picture is dark: the paper is gray"),
        Text(
            "снимите днём у окна, без вспышки",
            "photograph it in daylight by a window, without a flash",
        ),
    ),
    "scan-glare": (
        Text(
            "на бумаге блик: под ним ничего не видно", "there is glare: nothing is seen beneath it"
        ),
        Text(
            "достаньте бумагу из файла или рамки и встаньте так, чтобы лампа светила сбоку",
            "take the paper out of its sleeve or frame, and stand so that light comes from aside",
        ),
    ),
    "scan-cropped": (
        Text("буквы уходят за край снимка", "letters run over the edge of the picture"),
        Text(
            "отойдите чуть дальше: вокруг бумаги должна быть видна полоска стола",
            "step back a little: a strip of the table should be seen around the paper",
        ),
    ),
}

PAPERS_ONLY = frozenset(_TABLE) - {"scan-attachment"}
"""Said of copies of papers alone: a photo of a river need not be read."""

REMARKS = tuple(_TABLE)


def is_remark(remark: tuple[object, ...]) -> TypeGuard[Remark]:
    """Whether this is something we say, about a page there may be."""
    code, page = remark
    return code in _TABLE and type(page) is int and 0 <= page <= _MOST_PAGES


def say_remark(path: str, remark: Remark) -> Diagnostic:
    """The warning to show for a scan that was taken."""
    code, page = remark
    message, fix = _TABLE[code]
    if page:
        message = Text(f"лист {page}: {message.ru}", f"page {page}: {message.en}")
    return Diagnostic(Place(file=path), code, message, fix, "warning")
