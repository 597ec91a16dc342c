"""A light scan -> the words on it, and how it lies, where a program that reads print is installed.

Nothing depends on it: what it reads is only ever proposed to a person.
"""

import re
import shutil
import subprocess

from generator.media.clean import orientation_of

_SECONDS = 40
_MOST = 20_000
_SURE = 2.0
"""Tesseract's own measure: of the sample school's 230 pictures no wrong answer is surer than 0.6,
and no upright page of print but one less sure than 3."""
_UPRIGHT = {1: 0, 6: 90, 3: 180, 8: 270}
"""EXIF orientation -> degrees clockwise by which a viewer turns it; the rest are mirrors."""
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}


def run_reader(content: bytes) -> str:
    """Every Russian word of a picture; none where tesseract or its Russian is missing, or fails."""
    program, languages = _reader(content)
    if "rus" not in languages:
        return ""
    # With its sense of direction it reads a page that lies on its side, too.
    layout = ["--psm", "1"] if "osd" in languages else []
    return _said([program, "stdin", "stdout", *layout, "-l", "rus"], content)[:_MOST]


def find_turn(content: bytes) -> int:
    """Degrees clockwise, 90, 180 or 270, that set the print of a picture upright; 0 when it stands,
    when there is none, and where nobody can tell (R-040)."""
    program, languages = _reader(content)
    shown = _UPRIGHT.get(orientation_of(content))
    if "osd" not in languages or shown is None:
        return 0
    said = _said([program, "stdin", "stdout", "--psm", "0", "-l", "osd"], content)
    found = dict(re.findall(r"^(Rotate|Orientation confidence): ([0-9.]+)$", said, re.MULTILINE))
    if float(found.get("Orientation confidence", 0)) < _SURE:
        return 0
    return (int(found["Rotate"]) - shown) % 360


def _reader(content: bytes) -> tuple[str, list[str]]:
    """The program and what it can read; nothing where it is missing or this is no picture."""
    program = shutil.which("tesseract")
    if program is None or content.startswith(b"%PDF-"):
        return "", []
    return program, _said([program, "--list-langs"], b"").split()


def _said(command: list[str], given: bytes) -> str:
    try:
        ran = subprocess.run(
            command,
            input=given,
            env=_ENVIRONMENT,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return ran.stdout.decode("utf-8", "replace")
