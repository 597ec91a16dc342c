"""Word that staff type -> audiences. Whose access is meant?"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.check.inspection import Inspection
from generator.check.people import audiences, stoppable
from generator.decide import decide, find_rings
from generator.diagnostic import Text, quote
from generator.flow.job import Job, read_before, read_school
from generator.model.edition import Holder
from generator.model.policy import Access
from generator.model.published import Card, Published, handed_out, together
from generator.model.school import LEVELS, School, SchoolClass
from generator.say import near_or
from generator.trouble import Trouble


@dataclass(frozen=True)
class Desk:
    """All that a decision about access looks at: the school on a day, and what was published."""

    job: Job
    at: Inspection

    @property
    def school(self) -> School:
        """The school."""
        return self.at.school

    @cached_property
    def holders(self) -> tuple[Holder, ...]:
        """Everybody who would hold a card today if nothing was suspended."""
        open_access = self.school.access.model_copy(update={"suspended": ()})
        whole = self.school.model_copy(update={"access": open_access})
        return tuple(h for level in LEVELS for h in decide(whole, level, self.at.today).holders)

    @cached_property
    def rooms(self) -> dict[str, SchoolClass]:
        """Classes of this year by id."""
        years = (years for years in self.school.years if years.year == self.at.year)
        return {room.id: room for one in years for room in one.classes}

    @property
    def known(self) -> set[str]:
        """Every name that may stand in access.yml, and every short word for some of them."""
        names = audiences(self.at) | {holder.audience for holder in self.holders}
        short = {*self.rooms, *self.at.people, *self.at.students, *LEVELS}
        return names | stoppable(self.at) | short

    def cards(self, word: str) -> tuple[str, ...]:
        """The audiences whose cards a word means; Trouble when it means none.

        A card's own name, the family of a child, a person of staff, a class's or level's event.
        """
        self._refuse_unknown(word)
        found = [h.audience for h in self.holders if _means(h, self.whole(word))]
        found += [] if found else self._cards_of_the_past(word)
        if not found:
            raise Trouble(
                Text(f"у {quote(word)} нет карточки", f"{quote(word)} has no card"),
                Text("у кого она есть: `stupeni access list`", "who has: `stupeni access list`"),
            )
        return tuple(dict.fromkeys(found))

    def stops(self, word: str) -> tuple[str, ...]:
        """What a word means when somebody or something is taken offline."""
        whole = "school" if word == "site" else self.whole(word)
        if whole in self.at.students:
            return (f"student:{whole}",)
        if whole in self.at.people:
            return self.cards(word)
        self._refuse_unknown(whole)
        return (whole,)

    def keys(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Every compartment that these cards open, or opened in a release and may have kept."""
        held = [c for h in self.holders if h.audience in names for c in h.compartments]
        for keys in self.at.published.held.values():
            held += [c for c, key in keys.items() if {a for a, _ in key.cards} & {*names}]
        return tuple(dict.fromkeys(held))

    def kept(self, access: Access) -> dict[str, frozenset[Card]]:
        """Compartment -> cards that would open it still and may not, if this were access.yml.

        Cards of before and of today: what was published by another computer is not known here.
        """
        school, changed = self.school, self.school.model_copy(update={"access": access})
        found: dict[str, frozenset[Card]] = {}
        for level in LEVELS:
            now = handed_out(find_rings(school, level, self.at.today), school.access.numbers)
            held = together(self.at.published.held.get(level, {}), now)
            after = find_rings(changed, level, self.at.today)
            for name, cards in Published(held={level: held}).kept(after, access.numbers).items():
                found[name] = found.get(name, frozenset()) | cards
        return found

    def meant(self, word: str) -> set[str]:
        """Everything a word may mean in a list of suspensions."""
        found = {word, *self.stops(word)}
        found |= {h.audience for h in self.holders if _means(h, self.whole(word))}
        return found | {f"family:{word}", f"teacher:{word}"}

    def raised(self, names: tuple[str, ...]) -> dict[str, int]:
        """For each name the number after the highest that it has or ever had."""
        written, highest = self.school.access.numbers, self.at.published.epochs
        return {n: max(written.get(n, 1), highest.get(n, 1)) + 1 for n in names}

    def students(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Ids of the students whom a decision about these names concerns."""
        return tuple(sorted({one for name in names for one in self._students(name)}))

    def _students(self, name: str) -> Iterator[str]:
        kind, _, rest = name.partition(":")
        if kind in ("family", "student") and rest.partition("/")[0] in self.at.students:
            yield rest.partition("/")[0]
        for holder in self.holders if kind == "family" else ():
            if holder.audience == name:
                yield from (c[6:-7] for c in holder.compartments if c.startswith("child:"))
        for room in self.rooms.values() if kind in ("class", "level", "school") else ():
            if name in ("school", f"level:{room.level}", f"class:{self.at.year}:{room.id}"):
                yield from room.students

    @property
    def events(self) -> set[str]:
        """What an event's code can be opened for: classes of this year, levels."""
        levels = (f"level:{level}" for level in LEVELS)
        return {*levels, *(f"class:{self.at.year}:{room}" for room in self.rooms)}

    def whole(self, word: str) -> str:
        """A short word in full: a class of this year, a level."""
        if word in LEVELS:
            return f"level:{word}"
        return f"class:{self.at.year}:{word}" if word in self.rooms else word

    def _cards_of_the_past(self, word: str) -> Iterator[str]:
        """Of somebody who holds no card any more: the cards they may have kept."""
        person, whole = self.at.people.get(word), self.whole(word)
        led = person.levels if person and {"deputy-head", "head"} & set(person.roles) else ()
        wanted = {word, f"family:{word}", f"teacher:{word}", *(f"staff:{x}/{word}" for x in led)}
        wanted |= {one.name for one in self.school.access.opened if one.name == whole}
        for one in sorted(self.at.published.audiences):
            if {one, one.partition("/")[0]} & wanted:
                yield one

    def _refuse_unknown(self, word: str) -> None:
        known = self.known
        if word not in known:
            raise Trouble(
                Text(f"{quote(word)}: таких нет", f"{quote(word)}: there is none"),
                near_or(word, known, Text(
                    "все имена: `stupeni access list`", "all the names: `stupeni access list`"
                )),
            )  # fmt: skip


def sit_down(job: Job) -> Desk:
    """The school, the day and what was published before; Trouble when access.yml is unreadable."""
    school, today = read_school(job)
    if school.access.file in school.unread:
        raise Trouble(
            Text("school/access.yml не прочитан", "school/access.yml could not be read"),
            Text("посмотрите, что в нём не так: `stupeni check`", "see why: `stupeni check`"),
        )
    return Desk(job, Inspection(school, today, read_before(job, school.settings)))


def _means(holder: Holder, word: str) -> bool:
    audience = holder.audience
    if audience == word or audience.startswith(f"{word}/"):
        return True
    if holder.tier == "family":
        return f"child:{word}/family" in holder.compartments
    staff = holder.tier in ("teacher", "staff", "commission")
    return staff and audience.endswith((f":{word}", f"/{word}"))
