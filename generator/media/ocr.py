"""A light scan -> the words on it, where a program that reads print is installed. What do they say?

Nothing depends on it: what it reads is only ever proposed to a person.
"""

import shutil
import subprocess

_SECONDS = 40
_MOST = 20_000
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}


def run_reader(content: bytes) -> str:
    """Every Russian word of a picture; none where tesseract or its Russian is missing, or fails."""
    program = shutil.which("tesseract")
    if program is None or content.startswith(b"%PDF-"):
        return ""
    if "rus" not in _said([program, "--list-langs"], b"").split():
        return ""
    return _said([program, "stdin", "stdout", "-l", "rus"], content)[:_MOST]


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
