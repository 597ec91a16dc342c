"""A CSV or XLSX file -> rows with places. What stands in the columns that we know?

Only the cells of known columns leave this module: in a list of a school much else may stand.
"""

import csv
import datetime as dt
import io
import re
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from lzma import LZMAError
from pathlib import Path
from typing import Any

from generator.curate.names import fold
from generator.diagnostic import Text, quote
from generator.trouble import Trouble

_MOST_BYTES = 20_000_000
_MOST_UNPACKED = 50_000_000
# What the libraries say of a file that is damaged, locked, or made to hurt.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, LZMAError, LookupError, ValueError, TypeError, AttributeError,
    OSError, SyntaxError, RuntimeError, EOFError, ArithmeticError,
)  # fmt: skip
_MOST_ROWS = 5000
_MOST_COLUMNS = 60
_HEAD_WITHIN = 20
"""Rows in which the names of the columns are looked for: a title often stands above them."""
_Cells = list[str]
Columns = Mapping[str, Sequence[str]]
"""What we call a column -> how people head it."""

NAMES: Columns = {
    "name": ("фио", "фамилия имя отчество", "фио ученика", "фио обучающегося", "фио участника",
             "ученик", "обучающийся", "участник", "фамилия имя", "ф и о"),
    "surname": ("фамилия", "фамилия участника", "фамилия ученика"),
    "given": ("имя", "имя участника", "имя ученика"),
    "patronymic": ("отчество", "отчество участника", "отчество ученика"),
    "class": ("класс", "класс обучения", "класс участия", "класс литера"),
    "id": ("id", "код ученика", "папка"),
}  # fmt: skip
"""Columns that tell who is meant, in every list."""


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    number: int
    """As the spreadsheet counts, from 1."""
    cells: Mapping[str, str]
    """What we call a column -> what stands there; nothing where the cell is empty."""

    def get(self, column: str) -> str:
        """What stands in a column, or nothing."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Table:
    """The rows of a file, in the columns that we know."""

    file: str
    """Its name."""
    heads: Mapping[str, str]
    """What we call a column -> its letter and how it is headed, for people."""
    unread: tuple[str, ...]
    """Headings of the columns that were not read."""
    rows: tuple[Row, ...]

    def place(self, row: int, column: str = "") -> Text:
        """A row, or a cell, as one finds it in the spreadsheet."""
        head = self.heads.get(column, "")
        ru, en = (f", столбец {head}", f", column {head}") if head else ("", "")
        return Text(f"строка {row}{ru}", f"row {row}{en}")


@dataclass(frozen=True)
class Remark:
    """What is wrong with a row of a table, or to be known about it, and what to do."""

    row: int
    column: str
    """What we call it; nothing when the whole row is meant."""
    what: Text
    fix: Text


def read_table(file: Path, columns: Columns) -> Table:
    """The table in a file, by the names that its columns have; Trouble when it cannot be read."""
    known = {fold(name): column for column, names in columns.items() for name in names}
    lines = list(islice(_lines(file), _MOST_ROWS + 1))
    if len(lines) > _MOST_ROWS:
        raise Trouble(
            Text(f"в {quote(file.name)} больше {_MOST_ROWS} строк",
                 f"{quote(file.name)} has more than {_MOST_ROWS} rows"),
            Text("уберите пустые или разделите файл", "remove empty ones, or split the file"),
        )  # fmt: skip
    at = _head_row(lines, known)
    if at is None:
        names = ", ".join(f"«{names[0]}»" for names in columns.values())
        raise Trouble(
            Text(f"в {quote(file.name)} нет строки с названиями столбцов",
                 f"there is no row with the names of columns in {quote(file.name)}"),
            Text(f"назовите столбцы: {names} (лишних можно не называть)",
                 f"name the columns: {names} (not all are needed)"),
        )  # fmt: skip
    heads: dict[str, int] = {}
    unread = []
    for index, head in enumerate(lines[at]):
        column = known.get(_plain(head))
        if column and column not in heads:
            heads[column] = index
        elif head.strip():
            unread.append(" ".join(head.split()))
    titles = {c: f"{_letter(i)} «{' '.join(lines[at][i].split())}»" for c, i in heads.items()}
    rows = tuple(_rows(lines, at + 1, heads))
    return Table(file.name, titles, tuple(unread), rows)


def _rows(lines: list[_Cells], first: int, heads: Mapping[str, int]) -> Iterator[Row]:
    for number, line in enumerate(lines[first:], first + 1):
        cells = {c: _plainly(line[i]) for c, i in heads.items() if i < len(line)}
        cells = {column: text for column, text in cells.items() if text}
        if cells:
            yield Row(number, cells)


def _head_row(lines: list[_Cells], known: Mapping[str, str]) -> int | None:
    """The row that names most columns, and among them one with names of people."""
    best, most = None, 0
    for at, line in enumerate(lines[:_HEAD_WITHIN]):
        found = {known[_plain(cell)] for cell in line if _plain(cell) in known}
        if found & {"name", "surname", "id"} and len(found) > most:
            best, most = at, len(found)
    return best


def _plain(head: str) -> str:
    return fold(re.sub(r"[^\w\s]|_", " ", head.replace(".", "").replace("№", "")))


def _plainly(cell: str) -> str:
    """What a person sees in a cell: composed, on one line, no signs that nobody sees."""
    seen = unicodedata.normalize("NFC", cell)
    return " ".join("".join(s if s.isprintable() else " " for s in seen).split())


def _letter(index: int) -> str:
    return chr(65 + index) if index < 26 else f"{chr(64 + index // 26)}{chr(65 + index % 26)}"


def _lines(file: Path) -> Iterator[_Cells]:
    """Every row of the file as text, the empty ones too."""
    try:
        raw = file.read_bytes() if file.stat().st_size <= _MOST_BYTES else None
    except OSError:
        raise Trouble(
            Text(f"файла {quote(file)} нет или его нельзя прочитать",
                 f"there is no {quote(file)}, or it cannot be read"),
            Text("проверьте имя файла", "look at the file's name"),
        ) from None  # fmt: skip
    if raw is None:
        raise _unreadable(file, Text("файл слишком большой", "the file is too big"))
    if raw.startswith(b"PK"):
        yield from _lines_of_sheet(file, raw)
    elif raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise _unreadable(file, Text("это старый формат XLS", "this is the old format XLS"))
    else:
        yield from _lines_of_text(file, raw)


def _lines_of_text(file: Path, raw: bytes) -> Iterator[_Cells]:
    if b"\0" in raw:
        raise _unreadable(file, Text("это не таблица", "this is no table"))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1251", "replace")  # as spreadsheets in Russia save it
    marks = {mark: text[:4000].count(mark) for mark in (";", "\t", ",")}
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(marks, key=marks.__getitem__))
    try:
        for line in reader:
            yield line[:_MOST_COLUMNS]
    except csv.Error as error:
        raise _unreadable(file, Text("это не таблица", "this is no table")) from error


def _lines_of_sheet(file: Path, raw: bytes) -> list[_Cells]:
    """The first sheet that has something in it."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise Trouble(
            Text(f"{quote(file.name)}: чтобы читать XLSX, нужна добавка",
                 f"{quote(file.name)}: an extra is needed to read XLSX"),
            Text("поставьте `stupeni[tables]` или сохраните таблицу как CSV",
                 "install `stupeni[tables]`, or save the table as CSV"),
        ) from None  # fmt: skip
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
                raise _unreadable(file, Text("файл слишком большой", "the file is too big"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and menus, which we do not look at
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            sheets = (_lines_of(sheet) for sheet in book.worksheets)
            return next((lines for lines in sheets if any(map(any, lines))), [])
    except _DAMAGED as error:
        damaged = Text("файл повреждён или это не таблица", "it is damaged, or no table")
        raise _unreadable(file, damaged) from error


def _lines_of(sheet: Any) -> list[_Cells]:
    sheet.reset_dimensions()  # a file may say less, or far more, than there is
    lines = sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True)
    return [[_text(cell) for cell in line] for line in islice(lines, _MOST_ROWS + 1)]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return f"{cell.date()}"
    if isinstance(cell, float) and cell.is_integer():
        return f"{int(cell)}"
    return str(cell)


def _unreadable(file: Path, why: Text) -> Trouble:
    name = quote(file.name)
    return Trouble(
        Text(f"{name} не прочитать: {why.ru}", f"cannot read {name}: {why.en}"),
        Text("сохраните таблицу как XLSX или CSV и повторите",
             "save the table as XLSX or CSV, and try again"),
    )  # fmt: skip
