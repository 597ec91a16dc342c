"""A school -> configurations for its server, and passwords of its gate. Who may fetch a file?"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator import __version__
from generator.flow.job import Job, settings_of
from generator.flow.private import private_room, published_by, write_private
from generator.model.school import LEVELS, Settings
from generator.pages import policy
from generator.publish.caddy import compose_caddy
from generator.publish.gate import USERS, choose_password, make_gate
from generator.publish.mounts import Mount, mount
from generator.publish.nginx import compose_nginx
from generator.seal.master import refuse_public
from generator.shell import build as build_shells

_NOTE = """\
Имя и пароль, которые спросит сервер: одни на ступень. Чтобы сменить пароль, удалите его строку.
The name and password that the server asks for, one per level. To replace one, delete its line.

"""


@dataclass(frozen=True)
class Hosting:
    """What was written: configurations, the file of passwords, those of them that are new."""

    files: tuple[Path, ...]
    passwords: Path | None
    fresh: Mapping[str, str]
    """Name -> password."""


def make_hosting(
    job: Job, where: Path | None, root: str, choose: Callable[[str], str] | None
) -> Hosting:
    """Files for Caddy and nginx in `where` (else in the private folder), for sites below `root`.

    With `choose` there is a gate; its passwords stay what they were. Without it there is none.
    """
    settings = settings_of(job)
    room, tool = private_room(job, settings), f"stupeni {__version__}"
    folder, site = where or room / "hosting", settings.site
    if choose:
        option = "--to" if where else "--private"
        refuse_public(folder / "Caddyfile", published_by(job), option)
    addresses = {str(level): getattr(settings.hosting, level) or "" for level in LEVELS}
    levels = [level for level in addresses if choose and addresses[level]]
    old = _read_passwords(room / "gate.txt")
    held = {level: old.get(level) or choose_password(choose) for level in levels if choose}
    mounts = mount(addresses, root, {level: make_gate(level, held[level]) for level in held})
    rules = _rules(job, settings, room)
    texts = {
        "Caddyfile": compose_caddy(mounts, rules, tool),
        "stupeni.conf": compose_nginx(mounts, rules, site, tool),
        **_files_of_gates(mounts),
    }
    passwords = _write_passwords(room / "gate.txt", {**old, **held}) if held else None
    write = write_private if choose else _write_open
    files = tuple(write(folder / name, text) for name, text in texts.items())
    fresh = {USERS[level]: held[level] for level in held if level not in old}
    return Hosting(files, passwords, fresh)


def _rules(job: Job, settings: Settings, room: Path) -> str:
    return policy(build_shells(job.home, room / "cache" / "shell", settings.language))


def _write_open(file: Path, text: str) -> Path:
    """Without a gate there is no secret in it: it may lie beside the server's other files."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def _files_of_gates(mounts: tuple[Mount, ...]) -> Mapping[str, str]:
    gates = {one.level: one.gate for one in mounts if one.gate}
    return {f"{level}.htpasswd": f"{gate.user}:{gate.hash}\n" for level, gate in gates.items()}


def _read_passwords(file: Path) -> dict[str, str]:
    """Level -> password, for every line that holds one."""
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    lines = dict(re.findall(r"^(\S+) +(\d{4}(?:-\d{4}){3})\s*$", text, re.MULTILINE))
    return {level: lines[user] for level, user in USERS.items() if user in lines}


def _write_passwords(file: Path, held: Mapping[str, str]) -> Path:
    lines = (f"{USERS[level]:6}{held[level]}\n" for level in LEVELS if level in held)
    return write_private(file, _NOTE + "".join(lines))
