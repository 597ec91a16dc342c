"""What an audience sees of a student -> works that hang in its exhibition. In which hall? (R-116)

Nobody sees more by it: what hangs here stands in the same edition, for the same readers.
"""

from collections.abc import Iterator, Mapping

from generator.decide.companions import all_agree
from generator.decide.entries import Settled
from generator.decide.facts import NOT_PAPERS
from generator.decide.subject import Subject
from generator.diagnostic import Text
from generator.model.kinds import AnyEntry
from generator.model.shown import Exhibit, ShownEntry, Tier

_WORKS = ("creative", "project", "group")
"""Kinds that are works: a photograph shows the work, if it shows anything."""
_WALLS: tuple[Tier, ...] = ("class", "level")
"""Whose walls there are: everybody else walks past these."""
_BESIDE: Mapping[str, str] = {"project": "observation", "group": "album"}
"""Works that bear no form of a creative work -> the form they hang beside."""
_OTHERS = Text("Другие работы", "Other works")


def hang_exhibits(
    subject: Subject, settled: tuple[Settled, ...], shown: tuple[ShownEntry, ...], tier: Tier
) -> Iterator[Exhibit]:
    """Works that this audience may see side by side with those of others, the newest first."""
    if tier not in _WALLS or not subject.may("exhibition", tier, "works"):
        return
    whole = {one.entry.id: one.entry for one in settled}
    # By path: while two entries bear one id, which stops a build and no review, one hides one.
    documents = {s.shown.path: s.scan.document for one in settled for s in one.worded.sheets}
    found: dict[str, Exhibit] = {}
    for entry in shown:
        scans = tuple(s.key for s in entry.scans if _is_work(entry, documents[s.path]))
        words = entry.kind == "creative" and any(fact.field == "text" for fact in entry.said)
        if (scans or words) and all_agree(subject, whole[entry.id], tier):
            found[entry.id] = Exhibit(entry.id, *_hall(subject, whole[entry.id]), scans)
    found |= {entry.id: then for entry in shown if (then := _then_and_now(subject, entry, found))}
    yield from (found[entry.id] for entry in shown if entry.id in found)


def _is_work(entry: ShownEntry, document: str | None) -> bool:
    """In any other entry only a drawing is: it hangs beside the diploma it won. Of a scan of which
    nobody said what it is, nobody knows."""
    return document in NOT_PAPERS if entry.kind in _WORKS else document == "drawing"


def _hall(subject: Subject, entry: AnyEntry) -> tuple[str, Text]:
    forms = subject.school.vocabularies.get("creative-forms")
    form = entry.get("form") if entry.kind == "creative" else _BESIDE.get(entry.kind, "drawing")
    group = forms.group_of(form or "", "halls") if forms else None
    return (group.code, Text(group.ru, group.en)) if group else ("others", _OTHERS)


def _then_and_now(
    subject: Subject, entry: ShownEntry, found: Mapping[str, Exhibit]
) -> Exhibit | None:
    """The first and the last work of a series, side by side, when both hang here."""
    if entry.kind != "series" or len(entry.links) < 2:
        return None
    ends = [found[one].scans[:1] for one in (entry.links[0], entry.links[-1]) if one in found]
    if len(ends) < 2 or not all(ends):
        return None
    kinds = subject.school.vocabularies.get("kinds")
    term = kinds.term("series") if kinds else None
    title = Text(term.ru, term.en) if term else _OTHERS
    return Exhibit(entry.id, "growth", title, (*ends[0], *ends[1]))
