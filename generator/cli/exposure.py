"""What publishing would change -> a few lines for the person who publishes. Who sees what anew?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from generator.cli.tell import GRADES, is_public, show
from generator.diagnostic import Lang, Text
from generator.model.spoken import WHO

if TYPE_CHECKING:
    from generator.exposure import Change, Exposure, Grant

_SIGNS = {"appears": "+", "changes": "~", "disappears": "−"}
_SAID = {
    "appears": Text("появится", "appears"),
    "changes": Text("изменится", "changes"),
    "disappears": Text("исчезнет", "disappears"),
}
_PARTS = {
    "name": Text("имя", "the name"),
    "about": Text("слова о себе", "words about oneself"),
    "profile": Text("профиль", "the profile"),
    "years": Text("рассказ о годе", "looking back on"),
    "marks": Text("отметки", "marks"),
    "arranged": Text("порядок работ", "the order of works"),
    "package": Text("пакет для перехода", "the package for moving up"),
    "state_register": Text("государственный ресурс", "the state register"),
}
_TOLD = 3
_NOTHING = Text("ничего не изменится", "nothing changes")
_UNKNOWN = Text(
    "сравнить не с чем: на этом компьютере не записано, что показал прошлый выпуск",
    "nothing to compare with: what the last release showed is not recorded on this computer",
)
_FIRST = Text(
    "сравнить не с чем: выпусков ещё не было", "nothing to compare with: there was no release yet"
)
_CARDS = Text("карточки", "cards")
_STUDENTS = Text("учеников", "students")


def print_exposure(exposure: "Exposure", lang: Lang) -> None:
    """One level: for every audience what it comes to see; on a public log only how much."""
    print(f"{GRADES[exposure.level].get(lang)}: {_compared(exposure, lang)}")
    counted = is_public() or not exposure.known
    show_changes(exposure.changes, lang, counted=counted)
    if counted and exposure.cards:
        print(f"  {_CARDS.get(lang)}: {_sum(Counter(one.what for one in exposure.cards), lang)}")
    elif exposure.cards:
        told = (f"    {_SIGNS[one.what]} {one.title}" for one in exposure.cards)
        show(f"  {_CARDS.get(lang)}", *told)


def show_changes(
    changes: "Sequence[Change]", lang: Lang, *, counted: bool = False, most: int = _TOLD
) -> None:
    """For every audience what it comes to see, at most so many things of a student, or how much."""
    for (tier, group), some in _by_audience(changes):
        who = WHO[tier].get(lang) + (f" {group}" if group and not is_public() else "")
        if counted or is_public():
            show(f"  {who}: {_count(some, lang)}")
        else:
            show(f"  {who}", *_lines(some, lang, most))


def _compared(exposure: "Exposure", lang: Lang) -> str:
    if not exposure.known:
        return (_UNKNOWN if exposure.release else _FIRST).get(lang)
    if not exposure.changes and not exposure.cards:
        return _NOTHING.get(lang)
    release = exposure.release[:16]
    return Text(f"против выпуска {release}", f"against release {release}").get(lang)


def _by_audience(changes: "Sequence[Change]") -> Iterator[tuple[tuple[str, str], list["Change"]]]:
    found: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        group = "" if is_public() else change.grant.group
        found.setdefault((change.grant.tier, group), []).append(change)
    order = list(WHO)
    yield from sorted(found.items(), key=lambda pair: (order.index(pair[0][0]), pair[0][1]))


def _lines(changes: list["Change"], lang: Lang, most: int) -> Iterator[str]:
    for what, sign in _SIGNS.items():
        named: dict[tuple[str, str], list[str]] = {}
        for one in changes:
            if one.what == what:
                student = one.grant.name, one.grant.student
                named.setdefault(student, []).append(_call(one.grant, lang))
        for (name, _), things in sorted(named.items()):
            more = len(things) - most
            rest = Text(f" и ещё {more}", f" and {more} more").get(lang) if more > 0 else ""
            yield f"    {sign} {name}: {', '.join(things[:most])}{rest}"


def _call(grant: "Grant", lang: Lang) -> str:
    part, title = _PARTS.get(grant.part), grant.title.get(lang)
    if part is None:
        return f"«{title}»"
    return part.get(lang) if grant.part == "name" else f"{part.get(lang)} {title}".strip()


def _count(changes: list["Change"], lang: Lang) -> str:
    students = len({one.grant.student for one in changes})
    counted = _sum(Counter(one.what for one in changes), lang)
    return f"{counted} ({_STUDENTS.get(lang)}: {students})"


def _sum(counted: Counter[str], lang: Lang) -> str:
    return ", ".join(f"{_SAID[what].get(lang)} {counted[what]}" for what in _SAID if counted[what])
