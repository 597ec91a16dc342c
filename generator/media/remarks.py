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
}

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
