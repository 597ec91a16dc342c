"""Decisions -> confirmations.yml of each student with those lines. Is nothing else touched?"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.curate import Change
from generator.diagnostic import Diagnostic, Text, quote
from generator.source import append, read_bytes
from generator.trouble import Trouble


def added(root: Path, lines: Iterable[tuple[str, Mapping[str, str]]]) -> tuple[Change, ...]:
    """Every file with its new lines at the end of `confirmations`: student and line of each."""
    files: dict[str, bytes] = {}
    for student, line in lines:
        file = f"records/{student}/confirmations.yml"
        raw = files[file] if file in files else _read(root, file)
        made = append(raw, ("confirmations",), {**line})
        if made is None:
            raise _by_hand(file, line)
        files[file] = made
    return tuple(Change(file, content) for file, content in files.items())


def _read(root: Path, file: str) -> bytes:
    if not (root / file).exists():
        return b""
    raw = read_bytes(root, file)
    if isinstance(raw, Diagnostic):
        raise Trouble(Text(f"{quote(file)}: {raw.message.ru}", f"{quote(file)}: {raw.message.en}"),
                      raw.fix)  # fmt: skip
    return raw


def _by_hand(file: str, line: Mapping[str, str]) -> Trouble:
    told = quote(", ".join(f"{key}: {value}" for key, value in line.items()), 400)
    return Trouble(
        Text(f"файл {quote(file)} записан так, что вписать в него не получается",
             f"{quote(file)} is written in a way that nothing can be put into it"),
        Text(f"впишите сами: {told}", f"write it yourself: {told}"),
    )  # fmt: skip
