"""Diagnostics -> text for people. What is wrong, where, and what is to be done?"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from generator.diagnostic import Diagnostic, Lang, Place, Text
from generator.say.shown import Veil, bare, clean, in_order, words_of
from generator.say.words import plural

Lines = Callable[[str, int], str]

MOST_ALIKE = 5
WIDEST = 160
_REFUSED = Text("Не взяты сканы", "Scans not taken")
# What stands there must not be repeated anywhere.
NEVER_SHOWN = frozenset({"personal-paper", "personal-page", "secret-in-text", "health-data"})


def to_concise(diagnostics: Iterable[Diagnostic], lang: Lang) -> str:
    """One line for each diagnostic."""
    said = []
    for part in _without_repetition(in_order(diagnostics)):
        if isinstance(part, Text):
            said.append(part.get(lang) + "\n")
        else:
            said.append(f"{_first(part, lang)}; fix: {words_of(part.fix, lang)}\n")
    return "".join(said)


def to_full(diagnostics: Iterable[Diagnostic], lang: Lang, lines: Lines) -> str:
    """For each diagnostic the line that it is about, with carets below, and the repair."""
    said = []
    for part in _without_repetition(in_order(diagnostics)):
        if isinstance(part, Text):
            said.append(part.get(lang) + "\n")
        else:
            excerpt = "" if part.code in NEVER_SHOWN else _excerpt(part.place, lines)
            said.append(f"{_first(part, lang)}\n{excerpt}  fix: {words_of(part.fix, lang)}\n")
    return "\n".join(said)


def say_of(file: str, words: Text, lang: Lang, veil: Veil | None = None) -> str:
    """One line about a file; behind a veil nobody's own words and names are in it."""
    if veil:
        file, words = veil.path(file), bare(words)
    return f"{clean(file)}: {words_of(words, lang)}"


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
    return counted + (where.get(lang) if owners and students > 1 else "")


def count_reasons(diagnostics: Iterable[Diagnostic], lang: Lang) -> str:
    """How many scans were not taken, by reason; empty when all were."""
    codes = (one.code for one in diagnostics if one.is_error and one.code.startswith("scan-"))
    reasons = Counter(codes).most_common()
    counted = ", ".join(f"{code} {count}" for code, count in reasons)
    return f"{_REFUSED.get(lang)}: {counted}. stupeni explain {reasons[0][0]}" if reasons else ""


def _of_student(diagnostic: Diagnostic) -> bool:
    return diagnostic.place.file.startswith(("students/", "records/"))


def _without_repetition(ordered: Sequence[Diagnostic]) -> Iterator[Diagnostic | Text]:
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
            file, code = clean(diagnostic.place.file), kind[1]
            yield Text(
                f"{file}: и ещё {rest} {plural(rest, 'раз', 'раза', 'раз')}: {code}",
                f"{file}: and {rest} more of {code}",
            )


def _first(diagnostic: Diagnostic, lang: Lang) -> str:
    place = diagnostic.place
    where = f"{place.file}:{place.line}:{place.column}" if place.line else place.file
    message = words_of(diagnostic.message, lang)
    return f"{clean(where)}: {diagnostic.severity}[{diagnostic.code}]: {message}"


def _excerpt(place: Place, lines: Lines) -> str:
    line = clean(lines(place.file, place.line).replace("\t", " ")) if place.line else ""
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
