"""Works of a page -> Filters. By what can one look for a work?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.diagnostic import Lang
from generator.model.shown import ShownEntry
from generator.pages.catalogue import Texts
from generator.pages.words import set_school_year

_NAMES = ("year", "kind", "stage", "event", "state")
_ENOUGH = 5
"""Fewer works than these are seen at one glance."""


@dataclass(frozen=True)
class Filter:
    """One question with its answers: `name` is where every work bears its own answer."""

    name: str
    label: str
    everything: str
    """The answer that leaves every work."""
    answers: tuple[str, ...]


def file_work(entry: ShownEntry, texts: Texts, language: Lang) -> tuple[tuple[str, str], ...]:
    """What a work answers to each question, in words; nothing where it has no answer."""
    told = {fact.field: fact.words.get(language) for fact in entry.facts}
    state = "confirmed" if entry.state == "confirmed" else "state-submitted"
    answers = {
        "year": set_school_year(entry.year) if entry.year else "",
        "kind": entry.kind_label.get(language),
        "stage": told.get("stage", ""),
        "event": told.get("event", ""),
        "state": texts[state] if entry.is_confirmable else "",
    }
    return tuple((name, answers[name]) for name in _NAMES if answers[name])


def find_filters(
    filed: Iterable[tuple[tuple[str, str], ...]], kinds: Iterable[str], texts: Texts
) -> Iterator[Filter]:
    """The questions that part these works; kinds in their own order, years the newest first, and
    the rest by the alphabet: what an event is called is no rank."""
    works, known = tuple(map(dict, filed)), tuple(kinds)
    if len(works) < _ENOUGH:
        return
    for name in _NAMES:
        found = {work[name] for work in works if name in work}
        answers = sorted(found, key=str.casefold, reverse=name == "year")
        if name == "kind":
            answers = [kind for kind in known if kind in found]
        if len(answers) > 1:
            texted = texts[f"filter-{name}"], texts[f"filter-{name}-all"]
            yield Filter(name, *texted, tuple(answers))
