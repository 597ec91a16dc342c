"""Diagnostic -> what its reader may see of it. Which words and names stay private?"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from generator.diagnostic import Diagnostic, Lang, Severity, Text

# A quote that nobody closed hides all that follows: better too little said than too much.
WORDS = re.compile(r"`[^`]*(?:`|\Z)")
# Names in a path that are ours; every other may name a child.
OURS = re.compile(
    r"school|records|students|entries|classes|collectives|vocabulary|documents|[0-9]{4}-[0-9]{2}\.yml"
    r"|(school|people|events|collectives|access|student|consent|confirmations|reviews|results"
    r"|portfolio|entry)\.yml"
)


@dataclass(frozen=True)
class Shown:
    """A diagnostic in one language; on a public log without the writers' own words."""

    file: str
    """As it is called on the disk, or with signs for names: each form escapes it in its own way."""
    line: int
    """From 1; 0 when the whole file is meant."""
    column: int
    width: int
    severity: Severity
    code: str
    message: str
    fix: str
    fingerprint: str
    """The same for the same mistake wherever its line moves, and another for every other."""


def show(diagnostics: Iterable[Diagnostic], lang: Lang, public: bool) -> list[Shown]:
    """Every diagnostic as its reader may see it, sorted by place."""
    found: list[Shown] = []
    alike: Counter[tuple[str, ...]] = Counter()
    for diagnostic in in_order(diagnostics):
        place, file = diagnostic.place, path_of(diagnostic.place.file, public)
        # Our own sentences may get better and lines move; the writer's words stay.
        words = WORDS.findall(words_of(diagnostic.message, "ru", public))
        kind = (file, diagnostic.code, *words)
        alike[kind] += 1
        found.append(
            Shown(
                file=file,
                line=place.line,
                column=place.column,
                width=place.width,
                severity=diagnostic.severity,
                code=diagnostic.code,
                message=words_of(diagnostic.message, lang, public),
                fix=words_of(diagnostic.fix, lang, public),
                fingerprint=_digest("\0".join((*kind, str(alike[kind]))), 32),
            )
        )
    return found


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics sorted by place."""
    return sorted(diagnostics, key=lambda d: (d.place, d.code))


def path_of(file: str, public: bool) -> str:
    """The path of the file; on a public log signs stand for names."""
    parts = file.split("/") if public else ()
    return "/".join(part if OURS.fullmatch(part) else _digest(part, 6) for part in parts) or file


def words_of(text: Text, lang: Lang, public: bool) -> str:
    """The words in one language, on one line and harmless; on a public log only ours."""
    words = text.get(lang)
    return clean(WORDS.sub("`…`", words) if public else words)


def clean(words: str) -> str:
    """Words that cannot steer a reader's terminal: a dot for every sign that does not print."""
    if words.isprintable():
        return words
    return "".join(sign if sign.isprintable() else "·" for sign in words)


def _digest(name: str, digits: int) -> str:
    return sha256(name.encode(errors="surrogateescape")).hexdigest()[:digits]
