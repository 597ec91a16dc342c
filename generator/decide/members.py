"""One student, one occasion -> what could be shown of them. And if nothing, why?"""

from dataclasses import dataclass
from functools import cached_property

from generator.decide import compartments
from generator.decide.audiences import Floor
from generator.decide.editions import find_editions
from generator.decide.subject import Subject
from generator.decide.turns import choose_works, find_matching
from generator.model.deck import Absence, Absent, Occasion
from generator.model.edition import Edition
from generator.model.policy import Visibility
from generator.model.school import SchoolClass
from generator.model.shown import Tier
from generator.model.student import Student

_RUNGS: dict[Tier, Visibility] = {"class": "class", "level": "school"}


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
        """At a ceremony only those of whom staff know something on the theme."""
        if self.occasion.kind != "ceremony":
            return True
        known = self.before("staff")
        if known is None or self.subject is None:
            return False
        matching = find_matching(self.subject, self.occasion)
        return any(entry.id in matching for entry in known.entries)

    @property
    def _why(self) -> Absence:
        floor, stopped = self.floor, self.floor.school.access.stopped_on(self.floor.today)
        own = {"school", f"level:{floor.level}", f"class:{floor.year}:{self.room.id}"}
        if (own | {f"student:{self.student.id}"}) & stopped:
            return "closed"
        rung = _RUNGS.get(self.occasion.tier)
        if self.subject is None or (rung and rung not in self.subject.granted.allowed):
            return "no-consent"
        return "nothing"


def _key(floor: Floor, room: SchoolClass, tier: Tier) -> str:
    """What this audience opens of a class."""
    keys: dict[Tier, str] = {
        "class": floor.shared(room),
        "level": floor.common,
        "teacher": compartments.of_teacher(floor.year, room.teacher),
        "staff": compartments.of_staff(floor.year, floor.level),
        "commission": f"commission:{floor.level}:{floor.year}",
    }
    return keys[tier]
