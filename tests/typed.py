"""A command and what is typed at it -> what it says. Does it do as one asks?"""

import io
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.cli.parser import parser
from generator.cli.tell import tell_trouble
from generator.flow.files import find_all_mistakes, tidy
from generator.trouble import Trouble
from tests.sample import job_in
from tests.world import TODAY


@dataclass(frozen=True)
class Terminal:
    """A folder in which commands are typed; there is a `portfolios` below it, or will be."""

    folder: Path
    heard: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch

    def __call__(self, *arguments: str, typed: str = "", end: int = 0) -> str:
        """All that a command says, if it ends as it should; `typed` are its answers."""
        self.patch.chdir(self.folder)
        self.patch.setenv("STUPENI_PRIVATE", str(self.folder / "private"))
        self.patch.setattr(sys, "stdin", io.StringIO(typed))
        self.heard.readouterr()
        asked = parser().parse_args([*arguments])
        if hasattr(asked, "date") and asked.date is None:
            asked.date = TODAY
        try:
            ended = asked.run(asked)
        except Trouble as trouble:
            tell_trouble(trouble, asked.lang)
            ended = 2
        said = self.heard.readouterr()
        assert ended == end, said
        return said.out + said.err

    def text(self, file: str) -> str:
        """What stands in a file of the portfolios."""
        return (self.folder / "portfolios" / file).read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Every file of the folder, but for the private ones."""
        private = self.folder / "private"
        listed = (path for path in sorted(self.folder.rglob("*")) if path.is_file())
        found = (path for path in listed if private not in path.parents)
        return {f"{path.relative_to(self.folder)}": path.read_bytes() for path in found}

    def mistakes(self) -> list[str]:
        """Codes of all mistakes of the school, and `fmt` when a file is not in order."""
        job = job_in(self.folder, self.folder / "portfolios")
        found = [one.code for one in find_all_mistakes(job).diagnostics if one.is_error]
        tidied = tidy(self.folder / "portfolios", lambda signs: signs[0], write=False)
        return found + [f"fmt {one.file}" for one in tidied.changes]
