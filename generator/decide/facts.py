"""An entry -> its facts in words: from the lists, the register of events, papers and orders."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.decide.subject import Subject, person, term
from generator.decide.table import Thing
from generator.diagnostic import Text
from generator.model.collective import Collective
from generator.model.entry import Act, Scan
from generator.model.kinds import AnyEntry, Application, External, GroupWork
from generator.model.policy import Decided
from generator.model.school import Event, School
from generator.model.shared import collective_of
from generator.model.shown import NOTHING, Fact, Rectangle, ShownMeasure, ShownScan
from generator.model.spoken import join, same, say_day, say_number, say_paper
from generator.model.student import Recognition
from generator.model.vocabulary import chosen

FACTS = (
    "collective", "form", "category", "area", "subject", "profession", "qualification",
    "discipline", "event", "organiser", "official_list", "round", "stage", "result", "standing",
    "champion", "scheme", "step", "sign", "sphere", "given_by", "order", "body", "role", "part",
    "product", "technique", "carrier", "organisation", "direction", "leader", "hours", "mentor",
    "assessment", "accounting", "exam", "programme", "actions", "authorship", "ai_help",
    "application", "recognition", "original",
)  # fmt: skip
"""Fields that stand on the page as lines, in this order. A field that is not named is not shown."""
SAID = ("text", "outcome", "change")
"""Fields that stand as paragraphs."""
LINKS = ("works", "entries")
"""Fields that name other entries."""
_GUARDED: Mapping[str, Thing] = {
    "original": "paper", "application": "will", "recognition": "will",
    "mentor": "named", "leader": "named",
}  # fmt: skip

_ORDER = Text("приказ", "order")
_DECISION = Text("решение", "decision")
_FORMS = {"oral": Text("устно", "orally"), "written": Text("письменно", "in writing")}
_WHO = {
    "student": Text("автор портфолио", "the student"),
    "parent": Text("родители", "the parents"),
    "both": Text("автор портфолио и родители вместе", "the student and the parents together"),
}
_STATES = {
    "requested": Text("попросили зачесть", "asked to be credited"),
    "credited": Text("зачтено", "credited"),
    "refused": Text("не зачтено", "not credited"),
}
_UNSAID = Text("скан", "scan")
NOT_PAPERS = frozenset({"photo", "drawing", "work", "presentation", "publication"})
"""What is the thing itself; a scan of anything else is a copy of a paper (R-077)."""


@dataclass(frozen=True)
class Sheet:
    """A scan without the words of its paper, and those words: not everybody may read both."""

    scan: Scan
    shown: ShownScan
    paper: Text


def facts_of(subject: Subject, entry: AnyEntry) -> Iterator[tuple[Thing | None, Fact]]:
    """Its lines in their order, each with what has to be granted to read it; what was not written
    has no line."""
    school, lists = subject.school, chosen(type(entry))
    known = vars(entry) | _looked_up(subject, entry)
    for name in FACTS:
        if value := known.get(name):
            vocabulary = {"stage": "stages", "form": _form_list(entry)}.get(name) or lists.get(name)
            yield (
                _GUARDED.get(name),
                Fact(name.replace("_", "-"), _words(school, vocabulary, value)),
            )


def said_of(entry: AnyEntry) -> Iterator[Fact]:
    """Texts in paragraphs that only this kind has."""
    for name in SAID:
        if text := entry.get(name):
            yield Fact(name, same(text))


def measures_of(entry: AnyEntry) -> Iterator[ShownMeasure]:
    """What was measured of this student, each by days."""
    for one in entry.get("measures") or ():
        taken = sorted((each.on, each.value) for each in one.taken)
        yield ShownMeasure(one.what, one.unit or "", tuple(taken))


def links_of(entry: AnyEntry) -> tuple[str, ...]:
    """Ids of the entries it belongs to."""
    return tuple(one for name in LINKS for one in entry.get(name) or ())


def scans_of(school: School, entry: AnyEntry) -> Iterator[Sheet]:
    """Its scans that are there."""
    folder = entry.file.rpartition("/")[0]
    for scan in entry.scans:
        if file := school.scans.get(f"{folder}/{scan.file}"):
            shown = ShownScan(
                path=file.path,
                digest=file.digest,
                description=scan.description or "",
                document=_document(school, scan),
                copy=scan.document not in NOT_PAPERS,
                zoom=scan.zoom,
                download=scan.download,
                masks=tuple(
                    Rectangle(one.page, one.left, one.top, one.width, one.height)
                    for one in scan.mask
                ),
                covered=", ".join(dict.fromkeys(one.reason for one in scan.mask if one.reason)),
            )
            yield Sheet(scan, shown, _paper(scan))


def say_decided(decided: Decided | None) -> Text:
    """Who decided to show something, and when."""
    return join((_WHO[decided.by], say_day(decided.on))) if decided else NOTHING


def _looked_up(subject: Subject, entry: AnyEntry) -> dict[str, object]:
    """What the entry does not say itself: of its event, mentor, collective, of its crediting."""
    school = subject.school
    event = school.events.event(entry.event)
    found: dict[str, object] = {"event": event and event.title}
    if event:
        found["organiser"] = event.organiser
        found["official_list"] = _listed(school, event)
        found["stage"] = entry.get("stage") or event.stage
    if mentor := entry.get("mentor"):
        found["mentor"] = person(school, mentor)
    if isinstance(entry, External):
        found["recognition"] = subject.student.confirmations.recognition(entry.id)
    if isinstance(entry, GroupWork) and (together := collective_of(school, entry)):
        found |= {"form": together.form, "leader": together.leader}
    return found


def _form_list(entry: AnyEntry) -> str | None:
    return chosen(Collective).get("form") if isinstance(entry, GroupWork) else None


def _listed(school: School, event: Event) -> Text | None:
    listed = school.events.listed(event)
    if listed is None:
        return None
    order = say_paper(_ORDER, listed.order.number, listed.order.date)
    return join((order, same(listed.year.replace("-", "/"))))


def _words(school: School, vocabulary: str | None, value: object) -> Text:
    if isinstance(value, Text):
        return value
    if isinstance(value, tuple):
        return join(tuple(_words(school, vocabulary, one) for one in value))
    if isinstance(value, Act):
        return say_paper(_ORDER, value.number, value.date)
    if isinstance(value, Application):
        return join((_FORMS[value.form], _WHO[value.by], say_day(value.date)))
    if isinstance(value, Recognition):
        paper = value.decision
        decision = say_paper(_DECISION, paper.number, paper.date) if paper else NOTHING
        return join((_STATES[value.state], decision))
    return term(school, vocabulary, f"{value}") if vocabulary else same(f"{value}")


def _document(school: School, scan: Scan) -> Text:
    title = scan.paper and scan.paper.title
    if title or scan.document is None:
        return same(title) if title else _UNSAID
    return term(school, "documents", scan.document)


def _paper(scan: Scan) -> Text:
    paper = scan.paper
    if paper is None:
        return NOTHING
    parts = (
        say_number(paper.number) if paper.number else NOTHING,
        same(paper.issuer or ""),
        say_day(paper.issued) if paper.issued else NOTHING,
        _signed_by(paper.signed_by),
        Text("с печатью", "stamped") if paper.stamped else NOTHING,
        Text("с подписью", "signed") if paper.signed and not paper.signed_by else NOTHING,
    )
    return join(parts)


def _signed_by(name: str | None) -> Text:
    return Text(f"подписано: {name}", f"signed by {name}") if name else NOTHING
