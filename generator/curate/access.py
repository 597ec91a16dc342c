"""access.yml + what staff decided -> the same file with it written in. What changes in it?

Every function takes the file's bytes and gives them back; nothing that people wrote moves.
"""

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from generator.curate import Change, write_changes
from generator.diagnostic import Diagnostic, Key, Text, quote
from generator.model.policy import Access
from generator.source import Document, append, parse, read_bytes, rewrite
from generator.trouble import Trouble

FILE = "school/access.yml"
_LONGEST = 300


def read_file(root: Path) -> bytes:
    """The bytes of access.yml, none when there is no such file; Trouble when it is no file."""
    if not os.path.lexists(root / FILE):
        return b""
    raw = read_bytes(root, FILE)
    if isinstance(raw, Diagnostic):
        raise Trouble(Text(f"{FILE}: {raw.message.ru}", f"{FILE}: {raw.message.en}"), raw.fix)
    return raw


def write_file(root: Path, content: bytes) -> None:
    """access.yml with this content, whole or not at all."""
    write_changes(root, [Change(FILE, content)])


def raise_epochs(raw: bytes, access: Access, epochs: Mapping[str, int], reason: str) -> bytes:
    """The file with these numbers in `epochs`, each with the reason why."""
    # The last line about a name is the one that counts.
    written = {epoch.name: index for index, epoch in enumerate(access.epochs)}
    for name, epoch in epochs.items():
        record = {"name": name, "epoch": str(epoch), "reason": reason}
        if name in written:
            keys: Key = ("epochs", written[name])
            raw = _set(raw, {(*keys, "epoch"): str(epoch), (*keys, "reason"): reason})
        else:
            raw = _add(raw, "epochs", record)
    return raw


def suspend(raw: bytes, names: Iterable[str], since: dt.date, reason: str) -> bytes:
    """The file with these names in `suspended`."""
    for name in names:
        raw = _add(raw, "suspended", {"name": name, "since": f"{since}", "reason": reason})
    return raw


def resume(raw: bytes, access: Access, names: Iterable[str], day: dt.date) -> bytes:
    """The file in which these suspensions ended on that day; what is not there stays so."""
    wanted = {*names}
    for index, stop in enumerate(access.suspended):
        if stop.name in wanted and stop.holds_on(day):
            raw = _set(raw, {("suspended", index, "resumed"): f"{day}"})
    return raw


def open_event(raw: bytes, name: str, until: dt.date, reason: str) -> bytes:
    """The file with an event's code in `opened`."""
    return _add(raw, "opened", {"name": name, "until": f"{until}", "reason": reason})


def close_event(raw: bytes, access: Access, name: str, last: dt.date) -> bytes:
    """The file in which an event's code or a commission opens nothing after its `last` day."""
    opened = (("opened", index, one.name, one.until) for index, one in enumerate(access.opened))
    sitting = (("commissions", i, c.name, c.until) for i, c in enumerate(access.commissions))
    for key, index, named, until in (*opened, *sitting):
        if named == name and until > last:
            raw = _set(raw, {(key, index, "until"): f"{last}"})
    return raw


def _set(raw: bytes, values: Mapping[Key, str]) -> bytes:
    raw = rewrite(raw, {}, values)
    for keys, value in values.items():
        if _said(raw, keys) != value:
            raise _by_hand(f"{keys[-1]}: {value}")
    return raw


def _said(raw: bytes, keys: Key) -> object:
    document = parse(FILE, raw)
    found: Any = document.value if isinstance(document, Document) else {}
    for key in keys[:-1]:
        found = found[key]
    return found.get(keys[-1])


def _add(raw: bytes, key: str, record: Mapping[str, str]) -> bytes:
    made = append(raw, (key,), {**record})
    if made is None:
        pairs = ", ".join(f"{name}: {value}" for name, value in record.items())
        raise _by_hand(f"- {{{pairs}}}")
    return made


def _by_hand(line: str) -> Trouble:
    told = quote(line, _LONGEST)
    return Trouble(
        Text(
            f"файл {FILE} записан так, что вписать в него не получается",
            f"{FILE} is written in a way that nothing can be put into it",
        ),
        Text(f"впишите сами: {told}", f"write it yourself: {told}"),
    )
