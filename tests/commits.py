"""Files in sight -> commits of a real repository. What did somebody send?"""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

_ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "Лебедева Нина Львовна",  # free text: it proves nothing
    "GIT_AUTHOR_EMAIL": "director@school.example",
    "GIT_COMMITTER_NAME": "Лебедева Нина Львовна",
    "GIT_COMMITTER_EMAIL": "director@school.example",
    "GIT_AUTHOR_DATE": "2026-11-20T12:00:00+03:00",
    "GIT_COMMITTER_DATE": "2026-11-20T12:00:00+03:00",
}


class Commits:
    """A repository that a test writes into: every `commit` gives its id."""

    def __init__(self, top: Path) -> None:
        self.top = top
        top.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, given: str = "") -> str:
        """What Git says."""
        command = ["git", "-c", "core.quotepath=false", "-c", "core.precomposeunicode=false"]
        ran = subprocess.run(
            [*command, *arguments], cwd=self.top, env=_ENVIRONMENT, input=given,
            capture_output=True, text=True, check=True, timeout=30,
        )  # fmt: skip
        return ran.stdout.strip()

    def commit(self, files: Mapping[str, str | bytes | None] | None = None) -> str:
        """The id of a commit with these files written, or (None) removed."""
        for name, content in (files or {}).items():
            path = self.top / name
            if content is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else dedent(content).encode())
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "::error::x")
        return self.git("rev-parse", "HEAD")

    def put(self, mode: str, path: str, content: str = "") -> str:
        """A commit with something of any mode at a path, which no disk need hold."""
        id = (
            content if mode == "160000" else self.git("hash-object", "-w", "--stdin", given=content)
        )
        self.git("update-index", "--add", "--cacheinfo", f"{mode},{id},{path}")
        self.git("commit", "-q", "-m", "x")
        return self.git("rev-parse", "HEAD")
