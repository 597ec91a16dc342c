"""Diagnostic -> what its reader may see of it. Which words and names stay private?"""

import hmac
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from generator.diagnostic import Diagnostic, Lang, Place, Severity, Text

# A quote that nobody closed hides all that follows: better too little said than too much.
WORDS = re.compile(r"`[^`]*(?:`|\Z)")
# Names in a path that are ours; every other may name a child.
OURS = re.compile(
    r"school|records|students|entries|classes|collectives|vocabulary|documents|[0-9]{4}-[0-9]{2}\.yml"
    r"|(school|people|events|collectives|access|sources|student|consent|confirmations|reviews|results"
    r"|portfolio|entry)\.yml"
)
# Lists of children: whoever knows the list reads a name off the number of a line.
LISTS = re.compile(r"school/(classes/.*|(collectives|access|sources)\.yml)")
SIGN = 8
"""Hex digits of a sign."""


@dataclass(frozen=True)
class Veil:
    """What a public log may show: signs for names, in the order of the signs."""

    key: bytes
    """What turns a name into its sign: without it nobody can try names."""
    lasting: bool
    """Whether other runs have the same key, so that a sign is the same in every log."""

    def over(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The diagnostics without a name, a writer's word, or how long one is."""
        return [
            replace(one, place=self._place(one.place), message=bare(one.message), fix=bare(one.fix))
            for one in diagnostics
        ]

    def path(self, file: str) -> str:
        """The path with signs for names."""
        return "/".join(p if OURS.fullmatch(p) else self._sign(p) for p in file.split("/"))

    def _place(self, place: Place) -> Place:
        file = self.path(place.file)
        return Place(file) if LISTS.fullmatch(place.file) else Place(file, place.line, place.column)

    def _sign(self, name: str) -> str:
        signed = hmac.digest(self.key, name.encode(errors="surrogateescape"), "sha256")
        return signed.hex()[:SIGN]


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


def show(diagnostics: Iterable[Diagnostic], lang: Lang, veil: Veil | None = None) -> list[Shown]:
    """Every diagnostic as its reader may see it, sorted by place."""
    found: list[Shown] = []
    alike: Counter[tuple[str, ...]] = Counter()
    for diagnostic in in_order(veil.over(diagnostics) if veil else diagnostics):
        place = diagnostic.place
        # Signs of this run alone would make every mistake a new one in the next.
        file = place.file if veil is None or veil.lasting else _kind(place.file)
        # Our own sentences may get better and lines move; the writer's words stay.
        kind = (file, diagnostic.code, *WORDS.findall(words_of(diagnostic.message, "ru")))
        alike[kind] += 1
        found.append(
            Shown(
                file=place.file,
                line=place.line,
                column=place.column,
                width=place.width,
                severity=diagnostic.severity,
                code=diagnostic.code,
                message=words_of(diagnostic.message, lang),
                fix=words_of(diagnostic.fix, lang),
                fingerprint=_digest("\0".join((*kind, str(alike[kind])))),
            )
        )
    return found


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics sorted by place."""
    return sorted(diagnostics, key=lambda d: (d.place, d.code))


def bare(text: Text) -> Text:
    """Only our own words."""
    return Text(WORDS.sub("`…`", text.ru), WORDS.sub("`…`", text.en))


def words_of(text: Text, lang: Lang) -> str:
    """The words in one language, on one line and harmless."""
    return clean(text.get(lang))


def clean(words: str) -> str:
    """Words that cannot steer a reader's terminal: a dot for every sign that does not print."""
    if words.isprintable():
        return words
    return "".join(sign if sign.isprintable() else "·" for sign in words)


def _kind(file: str) -> str:
    return "/".join(part if OURS.fullmatch(part) else "*" for part in file.split("/"))


def _digest(name: str) -> str:
    return sha256(name.encode(errors="surrogateescape")).hexdigest()[:32]
