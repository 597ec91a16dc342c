"""Diagnostics -> words for people. How does a reader learn what is wrong and what to do?"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from hashlib import sha256
from typing import Literal

from generator.diagnostic import Diagnostic, Lang, Place, Text, quote

Format = Literal["full", "concise", "json"]
Lines = Callable[[str, int], str]

MOST_ALIKE = 5
WORDS = re.compile(r"`[^`]*`")
WIDEST = 160
# What stands there must not be repeated anywhere.
NEVER_SHOWN = frozenset({"personal-paper", "health-data"})
# Names in a path that are ours; every other may name a child.
OURS = re.compile(
    r"school|records|students|entries|classes|documents|[0-9]{4}-[0-9]{2}\.yml"
    r"|(school|people|events|access|student|consent|confirmations|reviews|results|portfolio|entry)"
    r"\.yml"
)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one of `known` that `word` was probably meant to be."""
    # The ending of a file's name is alike in all of them and says nothing about nearness.
    stem, ending = _split(word)
    likely = {
        _split(name)[0] if _split(name)[1] == ending else name.lower(): name for name in known
    }
    found = get_close_matches(stem, likely, n=1, cutoff=0.7)
    return likely[found[0]] if found else None


def among(word: str, known: Sequence[str]) -> Text:
    """What to write instead of `word`: a near one of `known`, our own words, or all of them."""
    if not known:
        return Text("уберите это отсюда", "take this away from here")
    near = nearest(word, known)
    if near is not None:
        return Text(f"похоже на «{near}»", f'it looks like "{near}"')
    ru, en = ", ".join(f"«{name}»" for name in known), ", ".join(f'"{name}"' for name in known)
    return Text(f"здесь бывает: {ru}", f"known here: {en}")


def choose(word: str, terms: Sequence[tuple[str, Text, Sequence[str]]]) -> Text:
    """Which of our codes, each with what it means and is also called, to write for `word`."""
    meant = {
        name: code for code, label, also in terms for name in (*also, label.ru, label.en, code)
    }
    near = nearest(word, meant)
    if near is not None:
        return Text(f"похоже на «{meant[near]}»", f'it looks like "{meant[near]}"')
    ru = ", ".join(f"«{code}» ({label.ru})" for code, label, _ in terms)
    en = ", ".join(f'"{code}"' for code, *_ in terms)
    return Text(f"здесь бывает: {ru}", f"known here: {en}")


def near_or(word: str, known: Iterable[str], otherwise: Text) -> Text:
    """What to write instead of `word`: a near one of the writers' own words, or `otherwise`."""
    near = nearest(word, known)
    if near is None:
        return otherwise
    return Text(f"похоже на {quote(near)}", f"it looks like {quote(near)}")


def say(
    diagnostics: Iterable[Diagnostic],
    format: Format,
    lang: Lang,
    lines: Lines,
    public: bool = False,
) -> str:
    """All diagnostics, sorted by place, as text that ends with a line break; empty when none.

    `lines` gives a line of a file. With `public` the writers' own words are left out, and names
    in paths stand as the first six hex digits of their SHA-256.
    """
    ordered = sorted(diagnostics, key=lambda d: (d.place, d.code))
    if format == "json":
        return json.dumps([_json(d, lang, public) for d in ordered], ensure_ascii=False) + "\n"
    parts = []
    for part in _without_repetition(ordered, public):
        if isinstance(part, Text):
            parts.append(part.get(lang) + "\n")
        elif format == "concise":
            fix = _shown(part.fix, lang, public)
            parts.append(f"{_first(part, lang, public)}; fix: {fix}\n")
        else:
            hidden = public or part.code in NEVER_SHOWN
            excerpt = "" if hidden else _excerpt(part.place, lines)
            fix = _shown(part.fix, lang, public)
            parts.append(f"{_first(part, lang, public)}\n{excerpt}  fix: {fix}\n")
    return ("\n" if format == "full" else "").join(parts)


def summary(diagnostics: Iterable[Diagnostic], students: int, lang: Lang) -> str:
    """One line that counts, e.g. «2 ошибки, 1 предупреждение: в 3 из 41 портфолио»."""
    diagnostics = tuple(diagnostics)
    counts = Counter(d.severity for d in diagnostics)
    errors, warnings = counts["error"], counts["warning"]
    if not diagnostics:
        return Text(
            f"{students} портфолио: всё в порядке", f"{students} portfolios: all is well"
        ).get(lang)
    parts = []
    if errors:
        word = plural(errors, "ошибка", "ошибки", "ошибок")
        parts.append(Text(f"{errors} {word}", f"{errors} error{'s' * (errors != 1)}"))
    if warnings:
        word = plural(warnings, "предупреждение", "предупреждения", "предупреждений")
        parts.append(Text(f"{warnings} {word}", f"{warnings} warning{'s' * (warnings != 1)}"))
    owners = {tuple(d.place.file.split("/")[1:2]) for d in diagnostics if _of_student(d)}
    where = Text(
        f": в {len(owners)} из {students} портфолио", f" in {len(owners)} of {students} portfolios"
    )
    counted = ", ".join(part.get(lang) for part in parts)
    return counted + (where.get(lang) if owners else "")


def _of_student(diagnostic: Diagnostic) -> bool:
    return diagnostic.place.file.startswith(("students/", "records/"))


def plural(number: int, one: str, few: str, many: str) -> str:
    """The Russian form that stands after `number`: 1 ошибка, 2 ошибки, 5 ошибок."""
    if number % 10 == 1 and number % 100 != 11:
        return one
    return few if 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14 else many


def _split(name: str) -> tuple[str, str]:
    stem, dot, ending = name.lower().rpartition(".")
    return (stem, dot + ending) if stem and ending.isalnum() else (name.lower(), "")


def _without_repetition(ordered: Sequence[Diagnostic], public: bool) -> Iterator[Diagnostic | Text]:
    # The count stands behind the last one shown of its kind.
    total = Counter((d.place.file, d.code) for d in ordered)
    seen: Counter[tuple[str, str]] = Counter()
    for diagnostic in ordered:
        kind = diagnostic.place.file, diagnostic.code
        seen[kind] += 1
        if seen[kind] <= MOST_ALIKE:
            yield diagnostic
        rest = total[kind] - MOST_ALIKE
        if seen[kind] == MOST_ALIKE and rest > 0:
            file, code = _clean(_path(kind[0], public)), kind[1]
            yield Text(
                f"{file}: и ещё {rest} {plural(rest, 'раз', 'раза', 'раз')}: {code}",
                f"{file}: and {rest} more of {code}",
            )


def _json(diagnostic: Diagnostic, lang: Lang, public: bool) -> dict[str, str | int]:
    place = diagnostic.place
    return {
        "file": _path(place.file, public),
        "line": place.line,
        "column": place.column,
        "width": place.width,
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "message": _shown(diagnostic.message, lang, public),
        "fix": _shown(diagnostic.fix, lang, public),
    }


def _first(diagnostic: Diagnostic, lang: Lang, public: bool) -> str:
    place = diagnostic.place
    file = _path(place.file, public)
    where = f"{file}:{place.line}:{place.column}" if place.line else file
    message = _shown(diagnostic.message, lang, public)
    return f"{_clean(where)}: {diagnostic.severity}[{diagnostic.code}]: {message}"


def _excerpt(place: Place, lines: Lines) -> str:
    line = _clean(lines(place.file, place.line).replace("\t", " ")) if place.line else ""
    if not line.strip():
        return ""
    # Of a very long line only the part around the place is shown.
    start = max(0, place.column - 40) if len(line) > WIDEST else 0
    shown = line[start : start + WIDEST].rstrip()
    before = place.column - 1 - start
    carets = "^" * max(1, min(place.width, len(shown) - before))
    number = str(place.line)
    gap = " " * len(number)
    return f"{gap} |\n{number} | {shown}\n{gap} | {' ' * before}{carets}\n"


def _path(file: str, public: bool) -> str:
    parts = file.split("/") if public else ()
    return "/".join(part if OURS.fullmatch(part) else _digest(part) for part in parts) or file


def _digest(name: str) -> str:
    return sha256(name.encode(errors="surrogateescape")).hexdigest()[:6]


def _shown(text: Text, lang: Lang, public: bool) -> str:
    words = text.get(lang)
    return _clean(WORDS.sub("`…`", words) if public else words)


def _clean(words: str) -> str:
    # What people write must not steer the reader's terminal.
    return "".join(sign if sign.isprintable() else "·" for sign in words)
