"""A package of npm -> the files of an editor, nothing foreign in them. Is it the one we know?"""

import base64
import hashlib
import io
import json
import re
import subprocess
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from generator.diagnostic import Text, quote
from generator.trouble import Trouble
from generator.whole import make_private, write_whole

_SECONDS = 300


@dataclass(frozen=True)
class Pin:
    """Which package, and what is taken out of it."""

    package: str
    version: str
    sha512: str
    """Of the package's one file, as npm writes it: base64."""
    take: tuple[str, ...]
    """Patterns of paths in the package; the group is the name the file gets."""
    file: str
    """The file that is changed."""
    changes: tuple[tuple[str, str, int], ...]
    """Pattern, what stands there instead, how many times it is found."""

    @property
    def name(self) -> str:
        """As npm asks for it."""
        return f"{self.package}@{self.version}"


def read_pin(theme: Path, program: str) -> Pin:
    """What we know of a program."""
    known = json.loads((theme / "editor" / "programs.json").read_text("utf-8"))[program]
    changes = tuple((one["what"], one["by"], one["times"]) for one in known.pop("changes"))
    return Pin(take=tuple(known.pop("take")), changes=changes, **known)


def read_package(pin: Pin, brought: Path | None, cache: Path) -> bytes:
    """The package: brought by hand, kept from before, or fetched; Trouble when it is another."""
    kept = cache / f"{hashlib.sha256(pin.sha512.encode()).hexdigest()[:16]}.tgz"
    source = brought or (kept if kept.exists() else None)
    content = source.read_bytes() if source else run_fetch(pin)
    if _digest(content) != pin.sha512:
        name = quote(source or pin.name)
        raise Trouble(
            Text(
                f"{name} — не тот пакет, что проверен с этой версией",
                f"{name} is not the package that was tried with this version",
            ),
            Text(
                f"нужен {quote(pin.name)}, нетронутый; ничего не записано",
                f"{quote(pin.name)} is needed as it was published; nothing was written",
            ),
        )
    if not kept.exists():
        make_private(cache)
        write_whole(kept, content)
    return content


def run_fetch(pin: Pin) -> bytes:
    """What npm brings, with the registry and the settings of this computer."""
    with TemporaryDirectory(prefix="stupeni-npm-") as folder:
        wanted = ("npm", "pack", pin.name, "--ignore-scripts", "--silent")
        try:
            subprocess.run(
                [*wanted, "--pack-destination", folder],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=True,
                timeout=_SECONDS,
            )
            return next(Path(folder).glob("*.tgz")).read_bytes()
        except (OSError, subprocess.SubprocessError, StopIteration):
            raise Trouble(
                Text(f"npm не принёс {quote(pin.name)}", f"npm did not bring {quote(pin.name)}"),
                Text(
                    f"поставьте Node.js или принесите файл с другого компьютера: там "
                    f"{quote(f'npm pack {pin.name}')}, здесь --package ФАЙЛ",
                    f"install Node.js, or bring the file from another computer: there "
                    f"{quote(f'npm pack {pin.name}')}, here --package FILE",
                ),
            ) from None


def unpack(pin: Pin, content: bytes, said: Mapping[str, Any]) -> dict[str, bytes]:
    """Name -> content of what is taken; `said` are Russian words that the program lacks."""
    files = {}
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as package:
        for member in package:
            name = _taken(pin, member.name)
            opened = package.extractfile(member) if name and member.isreg() else None
            if opened:
                files[name] = opened.read()
    files[pin.file] = _changed(pin, files[pin.file].decode()).encode()
    if "ru.json" in files:
        words = _joined(json.loads(files.pop("ru.json")), said)
        # A browser imports a script from any server, and JSON only where it is told to.
        files["ru.js"] = f"export default {json.dumps(words, ensure_ascii=False)};\n".encode()
    return files


def _taken(pin: Pin, path: str) -> str:
    below = path.partition("/")[2]
    found = (re.fullmatch(pattern, below) for pattern in pin.take)
    name = next((one[1] for one in found if one), "")
    return "" if ".." in name.split("/") else name


def _changed(pin: Pin, text: str) -> str:
    for what, by, times in pin.changes:
        text, found = re.subn(what, by, text)
        if found != times:
            raise ValueError(f"{pin.name}: {what!r} is there {found} times, not {times}")
    return text


def _joined(words: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Both, at every depth; what the program says itself counts."""
    both: dict[str, Any] = {**more, **words}
    for key in words.keys() & more.keys():
        if isinstance(words[key], dict) and isinstance(more[key], dict):
            both[key] = _joined(words[key], more[key])
    return both


def _digest(content: bytes) -> str:
    return base64.b64encode(hashlib.sha512(content).digest()).decode()
