"""A workflow that `stupeni ci` wrote -> its shell, run as it stands. What does a runner do?"""

import base64
import hashlib
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml

from tests.sample import ROOT

NAME = "stupeni-0.1.0-py3-none-any.whl"
_DOOR = f"""\
import os, sys
def main():
    os.execve({sys.executable!r}, [{sys.executable!r}, "-m", "generator", *sys.argv[1:]],
              {{**os.environ, "PYTHONPATH": {str(ROOT)!r}}})
"""


def wheel(body: str = _DOOR) -> bytes:
    """A wheel whose command `stupeni` is this checkout, or runs `body`."""
    info = "stupeni-0.1.0.dist-info"
    files = {
        "stupeni_door.py": body,
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: stupeni\nVersion: 0.1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": "[console_scripts]\nstupeni = stupeni_door:main\n",
    }
    lines = [f"{name},sha256={_digest(text)},{len(text)}" for name, text in files.items()]
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in {
            **files,
            f"{info}/RECORD": "\n".join([*lines, f"{info}/RECORD,,"]),
        }.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return packed.getvalue()


def _digest(text: str) -> str:
    raw = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def pinned(content: bytes) -> str:
    """The lock of a school that has no other tool than this wheel."""
    return f"./ci/{NAME} --hash=sha256:{hashlib.sha256(content).hexdigest()}\n"


@dataclass
class Runner:
    """A folder in which the steps of one job run one after the other."""

    room: Path
    context: Mapping[str, str]
    """Expression -> what the forge puts there; one that is not here must not be asked for."""
    log: str = ""

    def step(self, step: Mapping[str, Any]) -> int:
        """The exit number of a step; all that it says is in `log`."""
        told = {key: self._told(f"{value}") for key, value in step.get("env", {}).items()}
        told["GITHUB_OUTPUT"] = f"{self.room / 'output'}"
        return self.shell(step["run"], told)

    def shell(self, script: str, told: Mapping[str, str]) -> int:
        """The exit number of a script in the folder of this job."""
        self.room.mkdir(parents=True, exist_ok=True)
        assert "${{" not in script  # an expression there would be pasted into the shell
        known = {"PATH": os.environ["PATH"], "HOME": f"{self.room}", "GITHUB_ACTIONS": "true"}
        ran = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd=self.room,
            env={**known, **told}, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        self.log += ran.stdout + ran.stderr
        return ran.returncode

    @property
    def report(self) -> str:
        """What the job hands on."""
        text = (self.room / "output").read_text("utf-8")
        found = re.fullmatch(r"report<<([0-9a-f]{32})\n(.*)\n\1\n", text, re.DOTALL)
        assert found, text
        return found[2]

    def _told(self, value: str) -> str:
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda found: self.context[found[1]], value)


def steps_in(text: str, job: str) -> dict[str, dict[str, Any]]:
    """Name -> step of a job."""
    return {step["name"]: step for step in yaml.safe_load(text)["jobs"][job]["steps"]}
