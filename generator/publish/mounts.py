"""Addresses of school.yml -> what a server has to be told of each. Where does a site stand?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import urlsplit

from generator.diagnostic import Text, quote
from generator.model.site import Gate
from generator.trouble import Trouble

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_PATH = re.compile(r"/([A-Za-z0-9._~-]+/)*")
_FOLDER = re.compile(r"/[\w./-]+")
_HERE = ("127.0.0.1", "localhost")


@dataclass(frozen=True)
class Mount:
    """One level's site on a server: its address in parts, its folder there, its gate if any."""

    level: str
    scheme: Literal["http", "https"]
    host: str
    port: int
    path: str
    """With a slash at both ends; `/` when the host is the level's alone."""
    folder: PurePosixPath
    gate: Gate | None

    @property
    def is_here(self) -> bool:
        """Whether nobody but this computer can come."""
        return self.host in _HERE


def mount(addresses: Mapping[str, str], root: str, gates: Mapping[str, Gate]) -> tuple[Mount, ...]:
    """Every level that has an address; raises `Trouble` when a server could not be told of it.

    What is not a plain address or folder is refused: it would be read as the server's own words.
    """
    if not _FOLDER.fullmatch(root) or ".." in root:
        raise Trouble(
            Text(f"{quote(root)} — не папка на сервере", f"{quote(root)} is no server's folder"),
            Text("укажите полный путь без пробелов: `--root /srv/portfolio`",
                 "give a full path without spaces: `--root /srv/portfolio`"),
        )  # fmt: skip
    mounts = tuple(
        _mount(level, address, PurePosixPath(root) / level, gates.get(level))
        for level, address in addresses.items()
        if address
    )
    if len({(one.host, one.port, one.path) for one in mounts}) != len(mounts) or not mounts:
        raise Trouble(
            Text("в school.yml нет отдельного адреса для каждой ступени",
                 "school.yml gives no address of its own to every level"),
            Text("впишите их в `hosting`, например `https://portfolio.school.example/primary/`",
                 "write them into `hosting`, like `https://portfolio.school.example/primary/`"),
        )  # fmt: skip
    return mounts


def by_host(mounts: Iterable[Mount]) -> Mapping[Mount, tuple[Mount, ...]]:
    """The first of every host -> all that stand on this host."""
    hosts: dict[tuple[str, str, int], list[Mount]] = {}
    for one in mounts:
        hosts.setdefault((one.scheme, one.host, one.port), []).append(one)
    return {group[0]: tuple(group) for group in hosts.values()}


def _mount(level: str, address: str, folder: PurePosixPath, gate: Gate | None) -> Mount:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:  # a port that is no number, a name that no name may be
        raise _no_address(address) from None
    plain = not (parts.query or parts.fragment or parts.username or parts.password)
    if not (plain and _HOST.fullmatch(host) and _PATH.fullmatch(parts.path)):
        raise _no_address(address)
    if parts.scheme == "https" or (parts.scheme == "http" and host in _HERE):
        scheme: Literal["http", "https"] = "https" if parts.scheme == "https" else "http"
        return Mount(level, scheme, host, port, parts.path, folder, gate)
    raise _no_address(address)


def _no_address(address: str) -> Trouble:
    return Trouble(
        Text(f"{quote(address)} — не адрес сайта", f"{quote(address)} is no address of a site"),
        Text("нужен адрес с `https://` и косой чертой на конце, без `?` и `#`: без https страницы "
             "не откроются",
             "an address with `https://` and a final slash is needed, without `?` and `#`: pages "
             "do not open without https"),
    )  # fmt: skip
