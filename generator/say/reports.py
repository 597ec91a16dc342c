"""Diagnostics -> reports for programs. How do they show it beside the file?"""

import json
from collections.abc import Sequence

from generator.say.shown import Shown, clean

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}
_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def to_json(shown: Sequence[Shown]) -> str:
    """A list of objects with our own words for keys."""
    return dump([_fields(one) for one in shown])


def to_events(shown: Sequence[Shown]) -> str:
    """The same objects, each on a line of its own, among the other events of a run."""
    return "".join(dump({"event": "diagnostic", **_fields(one)}) for one in shown)


def _fields(one: Shown) -> dict[str, str | int]:
    return {
        "file": one.file,
        "line": one.line,
        "column": one.column,
        "width": one.width,
        "severity": one.severity,
        "code": one.code,
        "message": one.message,
        "fix": one.fix,
    }


def to_github(shown: Sequence[Shown]) -> str:
    """GitHub's workflow commands: one line, one annotation."""
    return "".join(f"{_command(one)}\n" for one in shown)


def to_gitlab(shown: Sequence[Shown]) -> str:
    """GitLab's Code Quality report."""
    return dump(
        [
            {
                "description": f"{one.message}; fix: {one.fix}",
                "check_name": one.code,
                "fingerprint": one.fingerprint,
                "severity": _SEVERITIES[one.severity],
                # A whole file has no line, and GitLab takes none without.
                "location": {"path": one.file, "lines": {"begin": max(1, one.line)}},
            }
            for one in shown
        ]
    )


def dump(value: object) -> str:
    """JSON on one line, in which nothing that does not print stands as itself."""
    text = json.dumps(value, ensure_ascii=False)
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() else _escaped(sign) for sign in text)
    return text + "\n"


def _escaped(sign: str) -> str:
    # A byte of a file's name that is no UTF-8 came in as half a sign: no reader takes it back.
    return "\ufffd" if "\ud800" <= sign <= "\udfff" else json.dumps(sign)[1:-1]


def _command(one: Shown) -> str:
    place = {"file": clean(one.file)}
    if one.line:
        place |= {"line": f"{one.line}", "col": f"{one.column}"}
        place |= {"endColumn": f"{one.column + one.width}"}
    properties = ",".join(
        f"{name}={_property(value)}" for name, value in (place | {"title": one.code}).items()
    )
    return f"::{_COMMANDS[one.severity]} {properties}::" + _message(
        f"{one.message}\nfix: {one.fix}"
    )


def _message(text: str) -> str:
    # The percent sign first, or it would escape what the others became.
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
