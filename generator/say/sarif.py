"""Diagnostics -> SARIF 2.1.0. How does a code scanner show them, with the page of each code?"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote as to_uri

from generator import __version__
from generator.diagnostic import Diagnostic, Lang
from generator.say.reports import dump
from generator.say.shown import Shown, Veil, show

Pages = Callable[[str], str | None]

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def to_sarif(
    diagnostics: Iterable[Diagnostic], lang: Lang, pages: Pages, veil: Veil | None = None
) -> str:
    """A SARIF log; `pages` gives the page of a code, behind a `veil` nobody is named."""
    shown = show(diagnostics, lang, veil)
    codes = sorted({one.code for one in shown})
    driver = {
        "name": "stupeni",
        "version": __version__,
        "rules": [_rule(code, pages(code) or code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "language": lang,
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, codes.index(one.code)) for one in shown],
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str, page: str) -> dict[str, Any]:
    first, _, rest = page.partition("\n\n")
    return {
        "id": code,
        "shortDescription": {"text": _plain(first)},
        "fullDescription": {"text": _plain(rest or first)},
    }


def _result(one: Shown, rule: int) -> dict[str, Any]:
    location = {
        "artifactLocation": {"uri": to_uri(one.file, errors="surrogateescape")},
        "region": _region(one),
    }
    return {
        "ruleId": one.code,
        "ruleIndex": rule,
        "level": one.severity,
        "message": {"text": _plain(f"{one.message}\nfix: {one.fix}")},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"stupeniMistake/v1": one.fingerprint},
    }


def _region(one: Shown) -> dict[str, int]:
    if not one.line:
        return {"startLine": 1}  # GitHub shows no result without a line
    end = one.column + one.width
    return {"startLine": one.line, "startColumn": one.column, "endColumn": end}


def _plain(text: str) -> str:
    # In a message braces hold places for arguments, and [words](address) would be a link.
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")
