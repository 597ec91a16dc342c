"""Command + a number -> the command, killed where it is about to touch the disk that often.

What may lie on the disk if a run ends by itself or by force is what lies there between two calls
that change it; nothing but a call into C changes it. So the run is killed before each of them. The
product knows nothing of this.
"""

import contextlib
import fcntl
import io
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

_CALLS = {
    "chmod", "fchmod", "fsync", "ftruncate", "link", "mkdir", "remove", "rename", "replace",
    "rmdir", "symlink", "truncate", "unlink", "utime", "write", "flock",
}  # fmt: skip
_OURS = f"{Path(__file__).parents[2]}/generator/"


def run_mortal(command: list[str], last: int, told: Path) -> int:
    """Runs `stupeni` with these words in a process of its own, killed with all its children before
    its touch number `last`; its status, as `os.waitpid` gives it.

    0 kills nobody, and what was touched is told: a list of the places in the program.
    """
    # All that a command imports, so that a run costs no more than what it does.
    import generator.cli.sites
    import generator.flow.sites
    import generator.media.reader  # noqa: F401

    sys.stdout.flush(), sys.stderr.flush()
    pid = os.fork()
    if not pid:
        status = 70
        try:
            os.setpgid(0, 0)
            nowhere = os.open(told.with_suffix(".log"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(nowhere, 1), os.dup2(nowhere, 2)
            # A test's own streams lead elsewhere.
            sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
            status = _live(command, last, told)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(status)
    return os.waitpid(pid, 0)[1]


def _live(command: list[str], last: int, told: Path) -> int:
    from generator.cli import main

    touched: list[str] = []
    sys.argv = ["stupeni", *command]
    sys.setprofile(_counting(touched, last))
    try:
        main()
    except SystemExit as end:
        sys.setprofile(None)
        sys.stdout.flush(), sys.stderr.flush()
        if not last:
            told.write_text(json.dumps(touched), encoding="utf-8")
        return int(end.code or 0)
    return 70


def _counting(touched: list[str], last: int) -> Callable[[FrameType, str, Any], None]:
    me = os.getpid()

    def count(frame: FrameType, event: str, call: Any) -> None:
        if event == "c_call" and call.__name__ in _CALLS and _is_touch(call):
            touched.append(_place(frame, call.__name__))
            # Workers are forked with this, too: they touch nothing but a pipe.
            if len(touched) == last and os.getpid() == me:
                os.killpg(0, signal.SIGKILL)

    return count


def _is_touch(call: Any) -> bool:
    owner = getattr(call, "__self__", None)  # none of what is called by its class
    if isinstance(owner, io.IOBase) and not isinstance(owner, io.StringIO | io.BytesIO):
        return not owner.closed and owner.fileno() > 2
    return owner is sys.modules["posix"] or owner is fcntl


def _place(frame: FrameType | None, call: str) -> str:
    """Where in our program this is: `publish/release._switch replace`; of a file that is written
    whole or not at all, who wrote it."""
    while frame and not frame.f_code.co_filename.startswith(_OURS):
        frame = frame.f_back
    while frame and frame.f_code.co_filename in (f"{_OURS}whole.py", contextlib.__file__):
        frame = frame.f_back
    if frame is None:
        return f"elsewhere {call}"
    code = frame.f_code
    room = code.co_filename.removeprefix(_OURS).removesuffix(".py").removesuffix("/__init__")
    return f"{room}.{code.co_name} {call}"
