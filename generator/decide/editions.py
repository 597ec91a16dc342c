"""One student -> an edition for every audience that sees anything of them. Which page is whose?"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from typing import Literal

from generator.decide import compartments
from generator.decide.companions import may_tell, named_before
from generator.decide.coverage import (
    cover_results,
    find_missing,
    look_over,
    quiet_since,
    show_results,
)
from generator.decide.entries import Settled, settle_entries, show_entries
from generator.decide.exhibition import hang_exhibits
from generator.decide.honour import find_honours
from generator.decide.levels import draft_moving_up, show_profile
from generator.decide.package import find_put_forward, show_package
from generator.decide.queue import find_waiting
from generator.decide.subject import FIRST_LETTER, Subject, person
from generator.decide.table import TABLE
from generator.decide.voice import (
    show_goals,
    show_interests,
    show_requests,
    show_reviews,
    show_selves,
    show_years,
)
from generator.model.edition import Edition
from generator.model.shown import Reason, ShownEntry, ShownMark, ShownResults, Signed, Tier

_TIERS: tuple[Tier, ...] = ("family", "class", "level", "teacher", "staff", "public")
_NOBODYS = Reason("own", "")


@dataclass(frozen=True)
class _Whole:
    """What a portfolio holds, before any audience is asked about."""

    settled: tuple[Settled, ...]
    put_forward: tuple[Settled, ...]
    covered: tuple[ShownResults, ...]


def find_editions(subject: Subject) -> Iterator[Edition]:
    """What every audience may see; editions in which nothing differs are one."""
    settled = settle_entries(subject)
    put_forward = find_put_forward(subject, settled)
    whole = _Whole(settled, put_forward, tuple(cover_results(subject, settled)))
    found = [_edition(subject, whole, tier) for tier in _TIERS]
    found.append(_for_commission(subject, put_forward))
    yield from merge(edition for edition in found if edition)


def merge(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """Editions that differ in nothing but their readers are one page, which all of these open.

    Not even the reason why somebody reads it may differ. So a family's own page is nobody else's:
    it would have more slots when others read the same, and tell that something is kept from it.
    """
    pages: list[Edition] = []
    for edition in editions:
        twin = next((one for one in pages if _is_same(one, edition)), None)
        if twin is None:
            pages.append(edition)
        else:
            both = (*twin.compartments, *edition.compartments)
            pages[pages.index(twin)] = replace(twin, compartments=both)
    return tuple(pages)


def _is_same(one: Edition, other: Edition) -> bool:
    # Pages that lead to «О портфолио» are of one kind; every other audience has its own.
    if one.tier != other.tier and not {one.tier, other.tier} <= TABLE["about"]:
        return False
    return one == replace(other, path=one.path, tier=one.tier, compartments=one.compartments)


def _for_commission(subject: Subject, put_forward: tuple[Settled, ...]) -> Edition | None:
    """What was put forward and nothing else: no words about oneself, no goals, no choices."""
    if subject.commission is None:
        return None
    bound = replace(subject, duty=subject.commission.order)
    reason = bound.may("package", "commission")
    granted = tuple(replace(one, thing="package") for one in put_forward)
    entries = show_entries(bound, granted, "commission")
    if reason is None or not entries:
        return None
    return replace(
        _begin(bound, "commission", entries),
        highlights=(),
        palette="school",
        package=show_package(bound, put_forward, "commission"),
        reason=reason,
    )


def _edition(subject: Subject, whole: _Whole, tier: Tier) -> Edition | None:
    entries = show_entries(subject, whole.settled, tier)
    shown = {entry.id for entry in entries}
    edition = replace(
        _begin(subject, tier, entries),
        goals=tuple(show_goals(subject, tier, shown)),
        profile=show_profile(subject, whole.settled, shown, tier),
        years=tuple(show_years(subject, tier)),
        selves=tuple(show_selves(subject, tier)),
        interests=tuple(show_interests(subject, tier)),
        reviews=tuple(show_reviews(subject, tier, shown)),
        results=tuple(show_results(subject, whole.covered, shown, tier)),
        requests=tuple(show_requests(subject, tier, shown)),
        exhibits=tuple(hang_exhibits(subject, whole.settled, entries, tier)),
        honours=tuple(find_honours(subject, whole.settled, entries, tier)),
        waiting=tuple(find_waiting(subject, whole.settled, shown, tier)),
        package=show_package(subject, whole.put_forward, tier),
        withdrawn=subject.granted.withdrawn if subject.may("behind", tier) else None,
        marks=tuple(_marks(subject, tier)),
        state_register=_state_register(subject, tier),
        people=_people(subject, whole.settled, shown, tier),
    )
    reason = _reason(subject, tier, edition)
    return _helped(subject, tier, replace(edition, reason=reason)) if reason else None


def _begin(subject: Subject, tier: Tier, entries: tuple[ShownEntry, ...]) -> Edition:
    """Whose portfolio it is, how it begins, and its works."""
    portfolio, room = subject.student.portfolio, subject.room
    about = may_tell(subject, portfolio.about, portfolio.about.visibility, tier)
    shown = {entry.id for entry in entries}
    return Edition(
        path=f"student/{subject.student.id}/{tier}",
        tier=tier,
        level=room.level,
        compartments=_compartments(subject, tier),
        student=subject.student.id,
        name=_name(subject, tier),
        year=subject.year,
        class_id=room.id,
        # The wider the audience, the less is told: everybody learns the grade, not the class.
        class_title=str(room.grade) if tier == "public" else room.title,
        grade=room.grade,
        motto=(about and portfolio.about.motto) or "",
        about=(about and portfolio.about.text) or "",
        palette=portfolio.design.palette,
        chapters=_chapters(subject),
        cover=_cover(subject, entries),
        highlights=tuple(one for one in portfolio.choices.highlights if one in shown),
        sections=portfolio.design.sections,
        arranged=_arranged(subject, tier),
        entries=entries,
        reason=_NOBODYS,
    )


def _people(
    subject: Subject, settled: tuple[Settled, ...], shown: Set[str], tier: Tier
) -> tuple[str, ...]:
    if tier != "public":
        return ()
    return named_before(subject, (s.entry for s in settled if s.entry.id in shown), tier)


def _reason(subject: Subject, tier: Tier, edition: Edition) -> Reason | None:
    """Why there is a page at all: the whole, the words about oneself, or any one thing."""
    things = (edition.entries, edition.goals, edition.years, edition.selves, edition.interests)
    granted = (one.reason for some in (*things, edition.reviews) for one in some)
    whole = subject.may("family", tier)
    own = subject.student.portfolio.about
    about = may_tell(subject, own, own.visibility, tier)
    profile = edition.profile and edition.profile.reason
    return whole or about or profile or next(granted, None)


def _helped(subject: Subject, tier: Tier, edition: Edition) -> Edition:
    """With the draft for moving up and with what it lacks, for those who may know that."""
    edition = replace(
        edition,
        moving_up=draft_moving_up(subject, tier, edition),
        coverage=look_over(subject, edition, tier),
    )
    if not subject.may("missing", tier):
        return edition
    months = subject.school.settings.switches.remind_after_months
    quiet = quiet_since(edition.entries, subject.today, months)
    return replace(edition, missing=find_missing(edition), quiet_since=quiet)


def _compartments(subject: Subject, tier: Tier) -> tuple[str, ...]:
    student, room = subject.student.id, subject.room
    readers: dict[Tier, str] = {
        "family": compartments.of_family(student),
        "teacher": compartments.of_teacher(subject.year, room.teacher),
        "staff": compartments.of_staff(subject.year, room.level),
        "class": compartments.of_class(subject.year, room.id),
        "level": compartments.of_level(subject.year, room.level),
        "commission": f"commission:{room.level}:{subject.year}",
        "public": "public",
    }
    return (readers[tier],)


def _name(subject: Subject, tier: Tier) -> str:
    # The wider the audience, the less of the name (domain.md: a name as this audience may know it).
    name = subject.student.record.name
    if tier in FIRST_LETTER or not subject.carries("surname", tier):
        return f"{name.given} {name.surname[0]}."
    return f"{name.given} {name.surname}"


def _chapters(subject: Subject) -> Literal["year", "kind"]:
    chosen = subject.student.portfolio.design.chapters
    if chosen != "level":
        return chosen
    # By years for the young, by kinds of work as in a CV for seniors.
    return "kind" if subject.room.level == "senior" else "year"


def _cover(subject: Subject, entries: tuple[ShownEntry, ...]) -> str:
    chosen = subject.student.portfolio.design.cover
    scans = next((entry.scans for entry in entries if entry.id == chosen), ())
    return scans[0].key if scans else ""


def _arranged(subject: Subject, tier: Tier) -> Signed | None:
    together = subject.student.confirmations.arranged
    if together is None or not subject.may("arranged", tier):
        return None
    if together.highlights != subject.student.portfolio.choices.highlights:
        return None
    return Signed(person(subject.school, together.by), together.on)


def _marks(subject: Subject, tier: Tier) -> Iterator[ShownMark]:
    reason: Reason | None = subject.may("mark", tier)
    if reason and subject.school.settings.switches.marks == "family":
        for mark in subject.student.results.results:
            yield ShownMark(mark.subject, mark.period, mark.year, mark.mark, reason)


def _state_register(subject: Subject, tier: Tier) -> str:
    listed = subject.student.record.state_register
    if listed is None or not subject.may("state-register", tier):
        return ""
    credit = ", ".join(listed.credit)
    return f"{listed.decision} ({credit})" if credit else listed.decision
