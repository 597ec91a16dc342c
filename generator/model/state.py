"""School + entry -> where it stands between a draft and a confirmed entry. Computed, never written.

Check and decide, which do not know each other, both ask here.
"""

from collections.abc import Mapping

from generator.model.kinds import AnyEntry, GroupWork, digest_entry
from generator.model.school import School
from generator.model.shown import State
from generator.model.student import Confirmation, Student


def settle(school: School, student: Student, entry: AnyEntry) -> tuple[State, Confirmation | None]:
    """The state of an entry and the decision behind it (R-060, R-070, R-072, R-075).

    A decision of a person whom no order named that day counts as not taken. A confirmation stands
    only while the entry and its scans are what was confirmed.
    """
    if isinstance(entry, GroupWork):
        return _settle_group(school, entry)
    if entry.draft:
        return "draft", None
    decisions = student.confirmations.confirmations
    last = next((c for c in reversed(decisions) if c.entry == entry.id), None)
    if last is None or not may_confirm(school, student, last):
        return "submitted", None
    fits = last.digest == digest_entry(entry, digests_of(school, entry))
    if last.state == "confirmed":
        if not fits:
            return "changed", last
        return ("submitted", None) if lacking_papers(school, entry) else ("confirmed", last)
    if last.state == "returned" and not fits:
        return "submitted", last  # the family has answered: it waits for the teacher again
    return last.state, last


def may_confirm(school: School, student: Student, confirmation: Confirmation) -> bool:
    """Whether this person's word counted that day: named by an order, and the class teacher where
    the school wants that (R-060; 001 §5.3 against 003 §3.3.3)."""
    person = school.staff.person(confirmation.by)
    if person is None or person.order_on(confirmation.on) is None:
        return False
    if school.settings.switches.confirmed_by == "appointed":
        return True
    return confirmation.by in {
        room.teacher
        for years in school.years
        for room in years.classes
        if student.id in room.students
    }


def lacking_papers(school: School, entry: AnyEntry) -> Mapping[int, tuple[str, ...]]:
    """Index of a scan -> details its kind of paper needs and does not bear (R-012, R-072)."""
    documents = school.vocabularies.get("documents")
    found: dict[int, tuple[str, ...]] = {}
    for index, scan in enumerate(entry.scans):
        term = documents.term(scan.document) if documents and scan.document else None
        needs = term.needs if term else ()
        lacking = tuple(one for one in needs if not getattr(scan.paper, one, None))
        if lacking:
            found[index] = lacking
    return found


def digests_of(school: School, entry: AnyEntry) -> dict[str, str]:
    """SHA-256 of every scan of an entry that is there, by its file name."""
    folder = entry.file.rpartition("/")[0]
    found = {scan.file: school.scans.get(f"{folder}/{scan.file}") for scan in entry.scans}
    return {name: file.digest for name, file in found.items() if file}


def _settle_group(school: School, entry: GroupWork) -> tuple[State, Confirmation | None]:
    """A collective's achievement is a member of staff's word from the beginning."""
    for collective in school.collectives.collectives:
        for achievement in collective.achievements:
            if achievement.id == entry.id:
                word = Confirmation(
                    entry=entry.id,
                    by=achievement.entered_by,
                    on=achievement.entered_on,
                    basis=achievement.basis,
                    digest="0" * 64,
                )
                person = school.staff.person(word.by)
                appointed = person is not None and person.order_on(word.on) is not None
                return ("confirmed", word) if appointed else ("submitted", None)
    return "submitted", None
