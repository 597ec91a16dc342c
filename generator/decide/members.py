"""One student, one occasion -> what could be shown of them. And if nothing, why?"""

from dataclasses import dataclass
from functools import cached_property

from generator.decide import compartments
from generator.decide.audiences import Floor
from generator.decide.editions import find_editions
from generator.decide.honour import is_called
from generator.decide.subject import Subject
from generator.decide.turns import choose_works, find_matching
from generator.model.deck import Absence, Absent, Occasion
from generator.model.edition import Edition
from generator.model.kinds import AnyEntry
from generator.model.policy import Visibility
from generator.model.school import SchoolClass
from generator.model.shared import entries_of
from generator.model.shown import ShownEntry, Tier
from generator.model.student import Student

_RUNGS: dict[Tier, Visibility] = {"class": "class", "level": "school", "public": "public"}


@dataclass(frozen=True)
class Member:
    """Somebody of whom it is asked whether they are shown."""

    floor: Floor
    room: SchoolClass
    student: Student
    occasion: Occasion

    @property
    def alphabet(self) -> tuple[str, str, str]:
        """Their place in the class register."""
        name = self.student.record.name
        return name.surname, name.given, self.student.id

    @cached_property
    def subject(self) -> Subject | None:
        """What may be decided of them; None when nothing may be shown to anybody."""
        return next((s for s in self.floor.subjects if s.student.id == self.student.id), None)

    @cached_property
    def editions(self) -> tuple[Edition, ...]:
        """What each audience may see of them."""
        return tuple(find_editions(self.subject)) if self.subject else ()

    def before(self, tier: Tier) -> Edition | None:
        """What this audience may see of them."""
        key = _key(self.floor, self.room, tier)
        return next((one for one in self.editions if key in one.compartments), None)

    @cached_property
    def works(self) -> tuple[str, ...]:
        """What could be shown of them at this occasion."""
        edition = self.before(self.occasion.tier)
        if self.subject is None or edition is None:
            return ()
        return choose_works(self.subject, edition, self.occasion)

    @property
    def absent(self) -> Absent | None:
        """That they are not shown, and why; None when they are, or when nobody would ask."""
        if self.works or not self._is_missed:
            return None
        name = self.student.record.name
        return Absent(f"{name.given} {name.surname}", self.room.title, self._why)

    @property
    def _is_missed(self) -> bool:
        """At a ceremony only those of whom staff know something on the theme; and of news, where
        most works are nobody's business, only whom one would thank or who wished it told."""
        if self.occasion.kind not in ("ceremony", "news"):
            return True
        return any(self._known)

    @cached_property
    def _known(self) -> tuple[tuple[AnyEntry, ShownEntry], ...]:
        """What staff know on the theme, as it was written and as they see it."""
        known = self.before("staff")
        if known is None or self.subject is None:
            return ()
        matching = find_matching(self.subject, self.occasion)
        written = {one.id: one for one in entries_of(self.floor.school, self.student)}
        pairs = ((written[one.id], one) for one in known.entries if one.id in matching)
        if self.occasion.kind != "news":
            return tuple(pairs)
        return tuple(pair for pair in pairs if is_called(pair[0]) or _is_wished(pair[0]))

    @property
    def _why(self) -> Absence:
        floor, stopped = self.floor, self.floor.school.access.stopped_on(self.floor.today)
        own = {"school", f"level:{floor.level}", f"class:{floor.year}:{self.room.id}"}
        if (own | {f"student:{self.student.id}"}) & stopped:
            return "closed"
        rung = _RUNGS.get(self.occasion.tier)
        if self.subject is None or (rung and rung not in self.subject.granted.allowed):
            return "no-consent"
        if self.occasion.kind != "news":
            return "nothing"
        wished = [shown for entry, shown in self._known if _is_wished(entry)]
        if any(shown.waits_for_all for shown in wished):
            return "unconfirmed"
        return "others" if any(shown.held for shown in wished) else "nothing"


def _is_wished(entry: AnyEntry) -> bool:
    """Whether the family wants everybody to see it."""
    return entry.visibility == "public"


def _key(floor: Floor, room: SchoolClass, tier: Tier) -> str:
    """What this audience opens of a class."""
    keys: dict[Tier, str] = {
        "class": floor.shared(room),
        "level": floor.common,
        "teacher": compartments.of_teacher(floor.year, room.teacher),
        "staff": compartments.of_staff(floor.year, floor.level),
        "commission": f"commission:{floor.level}:{floor.year}",
        "public": "public",
    }
    return keys[tier]
