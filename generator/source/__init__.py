"""Files -> text with places. What stands there, and where?"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from errno import ELOOP, ENXIO
from itertools import groupby
from pathlib import Path
from stat import S_ISREG

from generator.diagnostic import Diagnostic, Key, Place, Text
from generator.source.append import append
from generator.source.compose import Fields, Value, as_text, in_order, yaml_of
from generator.source.digests import Digest, is_settled, read_digests
from generator.source.listing import Listing, Stamp, read_listing, read_stamps
from generator.source.refusals import Refused
from generator.source.rewrite import rewrite
from generator.source.strict import LINE_BREAK, Spot, Tree, build, decode

__all__ = [
    "MAX_BYTES",
    "Digest",
    "Document",
    "Fields",
    "Listing",
    "Stamp",
    "Tree",
    "Value",
    "append",
    "as_text",
    "in_order",
    "is_settled",
    "not_a_file",
    "parse",
    "read_bytes",
    "read_digests",
    "read_document",
    "read_line",
    "read_listing",
    "read_places",
    "read_stamps",
    "rewrite",
    "too_big",
    "yaml_of",
]

MAX_BYTES = 1024 * 1024
# A link is not followed, and a pipe that nobody writes to does not keep us waiting.
_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


@dataclass(frozen=True)
class Document:
    """One YAML file: what is empty in it is left out, every other value is text."""

    file: str
    value: Mapping[str, Tree]


def read_document(root: Path, file: str) -> Document | Diagnostic:
    """The YAML file at `root`/`file`, or the first thing that keeps it from being read."""
    raw = read_bytes(root, file)
    return raw if isinstance(raw, Diagnostic) else parse(file, raw)


def parse(file: str, raw: bytes) -> Document | Diagnostic:
    """What `raw` says as strict YAML, or the first thing in it that cannot be read."""
    try:
        return Document(file, build(decode(raw), None))
    except Refused as no:
        line, column = no.mark
        return Diagnostic(Place(file, line + 1, column + 1), no.code, no.message, no.fix)


def read_places(root: Path, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The same diagnostics by file, with line, column and width for those that name only keys."""
    found = []
    for file, inside in groupby(sorted(diagnostics, key=_file_of), _file_of):
        spots: dict[tuple[Key, bool], Place] = {}
        for diagnostic in inside:
            if diagnostic.place.keys and diagnostic.place.line == 0:
                spots = spots or _read_spots(root, file)
                diagnostic = replace(diagnostic, place=_locate(diagnostic.place, spots))
            found.append(diagnostic)
    return found


def _file_of(diagnostic: Diagnostic) -> str:
    return diagnostic.place.file


def read_line(root: Path, file: str, line: int) -> str:
    """Line `line` (from 1) of a file; empty when there is no such line or file."""
    raw = read_bytes(root, file)
    lines = [] if isinstance(raw, Diagnostic) else LINE_BREAK.split(raw.decode("utf-8", "replace"))
    return lines[line - 1].removeprefix("\ufeff") if 0 < line <= len(lines) else ""


def not_a_file(file: str) -> Diagnostic:
    """What to say of a link, a pipe or a folder that stands where a file belongs."""
    return Diagnostic(
        Place(file),
        "not-a-file",
        Text(
            "это не обычный файл, а ссылка или что-то другое",
            "this is not a plain file but a link or something else",
        ),
        Text("положите сюда сам файл", "put the file itself here"),
    )


def read_bytes(root: Path, file: str) -> bytes | Diagnostic:
    """The bytes of a plain file that is not too big, or why they cannot be had."""
    # Plain system calls, and no root / file: this runs for every file of the school.
    try:
        opened = os.open(f"{root}/{file}", _READ)
        try:
            stat = os.fstat(opened)
            if not S_ISREG(stat.st_mode):
                return not_a_file(file)
            if stat.st_size > MAX_BYTES:
                return too_big(file)
            return os.read(opened, stat.st_size)
        finally:
            os.close(opened)
    except OSError as error:
        if error.errno in (ELOOP, ENXIO):  # a link, a socket
            return not_a_file(file)
        return Diagnostic(
            Place(file),
            "file-not-opened",
            Text("файл не открывается", "the file cannot be opened"),
            Text("проверьте, что его можно читать", "see that it is there and may be read"),
        )


def too_big(file: str) -> Diagnostic:
    """What to say of a YAML file that nobody can have written by hand."""
    return Diagnostic(
        Place(file, 1, 1),
        "file-too-big",
        Text("файл больше 1 МБ", "the file is larger than 1 MB"),
        Text("разделите его или уберите лишнее", "split it, or take out what is too much"),
    )


def _read_spots(root: Path, file: str) -> dict[tuple[Key, bool], Place]:
    raw = read_bytes(root, file)
    if isinstance(raw, Diagnostic):
        return {}
    spots: dict[tuple[Key, bool], Place] = {((), False): Place(file, 1, 1)}
    journal: list[Spot] = []
    try:
        text = decode(raw)
        build(text, journal)
    except Refused:
        return spots
    lines = LINE_BREAK.split(text)
    for spot in journal:
        end = spot.end if spot.end > 0 else len(lines[spot.line].rstrip())
        width = max(1, end - spot.column)
        place = Place(file, spot.line + 1, spot.column + 1, width)
        spots[spot.keys, spot.on_key] = place
    return spots


def _locate(place: Place, spots: Mapping[tuple[Key, bool], Place]) -> Place:
    # A value that is missing has no place of its own: the nearest key around it has.
    keys = place.keys
    spot = spots.get((keys, place.on_key))
    while spot is None and keys:
        spot = spots.get((keys, True)) or spots.get((keys, False))
        keys = keys[:-1]
    spot = spot or spots.get(((), False))
    return replace(place, line=spot.line, column=spot.column, width=spot.width) if spot else place
