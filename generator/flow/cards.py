"""A school -> cards to print and code files, in the private folder. Who gets which code?"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator.decide import decide
from generator.diagnostic import Text
from generator.flow.job import Job, read_school
from generator.flow.private import keys_of, private_room, published_by, write_private
from generator.flow.register import begin, ground_of, note, regulation_of, require_person
from generator.flow.turn import in_turn
from generator.load import read_settings
from generator.model.edition import Decision, Holder
from generator.model.event import Event
from generator.model.school import LEVELS, School
from generator.model.site import Card
from generator.pages.cards import compose_sheet
from generator.seal.codes import read_word_list, to_file, to_link, to_qr, to_text, to_words
from generator.seal.master import read_master, refuse_public

Issued = tuple[Holder, Card]


@dataclass(frozen=True)
class Box:
    """The cards of one level, about to be written."""

    job: Job
    school: School
    decision: Decision
    today: dt.date
    cards: tuple[Issued, ...]

    def write(self, name: str, text: str) -> Path:
        """A file among the cards of this level."""
        folder = private_room(self.job, self.school.settings) / "cards"
        refuse_public(folder, published_by(self.job))
        return write_private(folder / f"{self.decision.level}-{name}", text)

    def register(self, kind: str, cards: Iterable[Issued], basis: str) -> None:
        """The line of the register: whose portfolios these cards open, and to whom they go."""
        holders = [holder for holder, _ in cards]
        held = {name for holder in holders for name in holder.compartments}
        own = {name for name in held if name.startswith(("child:", "teacher:"))} or held
        opened = {e.student for e in self.decision.editions if own & {*e.compartments}}
        event: Event = replace(
            begin(self.job, "cards"),
            about=tuple(sorted(opened)),
            audiences=tuple(holder.audience for holder in holders),
            basis=basis,
            details={"kind": kind, "level": self.decision.level},
        )
        note(self.job, self.school, event)


@in_turn
def make_cards(job: Job) -> tuple[Path, ...]:
    """A sheet of cards for the families of every class; for every event that has a code an
    invitation and a page for the projector."""
    boxes = tuple(_boxes(job))
    made = tuple(file for box in boxes for file in (*_families(box), *_events(box)))
    return _instead(boxes[0], "families", made)


@in_turn
def make_staff_cards(job: Job) -> tuple[Path, ...]:
    """A sheet of cards for the staff of every level; in the name of a person of an order."""
    boxes = tuple(_boxes(job, staff=True))
    return _instead(boxes[0], "staff", tuple(file for box in boxes for file in _staff_sheet(box)))


@in_turn
def make_code_files(job: Job) -> tuple[Path, ...]:
    """A small file with the code for every member of staff; in the name of a person of an order."""
    boxes = tuple(_boxes(job, staff=True))
    return _instead(boxes[0], "key-files", tuple(f for box in boxes for f in _code_files(box)))


def cards_of(job: Job, decision: Decision, today: dt.date) -> tuple[Issued, ...]:
    """Every holder of a level with the card that opens what it may see."""
    keys = keys_of(read_master(job.private / decision.site / "master.key"), decision)
    words = read_word_list(job.home / "schema" / "words-ru.txt")
    cards = []
    for holder in decision.holders:
        secret = keys.secret(holder.audience)
        link = to_link(secret, decision.address) if holder.by_link and decision.address else ""
        card = Card(
            title=holder.title,
            level=decision.level,
            words=to_words(secret, words),
            code=to_text(secret),
            address=decision.address,
            by_link=holder.by_link,
            link=link,
            qr_svg=to_qr(link) if link else "",
            date=today,
            epoch=holder.epoch,
            elsewhere=holder.elsewhere,
        )
        cards.append((holder, card))
    return tuple(cards)


def sample_cards(job: Job) -> tuple[Issued, ...]:
    """For a fictional school only: on every level the card of the fullest portfolio."""
    settings = read_settings(job.portfolios)
    if settings is None or not settings.sample:
        return ()
    school, today = read_school(job)
    found = []
    for decision in (decide(school, level, today) for level in job.levels):
        cards = [pair for pair in cards_of(job, decision, today) if pair[0].tier == "family"]
        fullest = _fullest(decision)
        found += [pair for pair in cards if fullest in pair[0].compartments][:1]
    return tuple(found)


def _boxes(job: Job, *, staff: bool = False) -> Iterator[Box]:
    school, today = read_school(job)
    if staff:
        require_person(job, school, today)
    for decision in (decide(school, level, today) for level in LEVELS):
        yield Box(job, school, decision, today, cards_of(job, decision, today))


def _instead(box: Box, kind: str, files: tuple[Path, ...]) -> tuple[Path, ...]:
    """The files just made; what an earlier run has made of this kind and this one has not is gone.

    A list beside them says which are ours: whatever else lies there is somebody's own.
    """
    folder = private_room(box.job, box.school.settings) / "cards"
    listed = folder / f"{kind}.list"
    before = listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else []
    now = [file.name for file in files]
    old = [folder / one for one in before if one not in now and Path(one).name == one]
    gone = [file for file in old if file.is_file()]
    for file in gone:
        file.unlink()
    write_private(listed, "".join(f"{name}\n" for name in now))
    if gone:
        words = Text(f"Убрано прежних листов: {len(gone)}", f"Old sheets removed: {len(gone)}")
        box.job.tell(words)
    return files


def _families(box: Box) -> Iterator[Path]:
    class_of = {f"child:{e.student}/family": e.class_id for e in box.decision.editions}
    rooms: dict[str, list[Issued]] = defaultdict(list)
    for holder, card in box.cards:
        if holder.tier == "family":
            first = next(name for name in holder.compartments if name in class_of)
            rooms[class_of[first]].append((holder, card))
    for room, cards in rooms.items():
        yield _sheet(box, f"{room}.html", cards)
        box.register("families", cards, regulation_of(box.school))


def _events(box: Box) -> Iterator[Path]:
    opened = {one.name: one for one in box.school.access.opened}
    for holder, card in box.cards:
        if opening := opened.get(holder.audience):
            shown = (replace(card, event=opening.reason, until=opening.until),)
            name = holder.audience.rpartition(":")[2] if holder.tier == "class" else "event"
            for sheet in ("invitation", "projector"):
                html = compose_sheet(sheet, shown, box.decision, box.job.home / "theme")
                yield box.write(f"{name}-{sheet}.html", html)
            box.register("event", [(holder, card)], regulation_of(box.school))


def _staff_sheet(box: Box) -> Iterator[Path]:
    cards = [pair for pair in box.cards if _is_staff(pair)]
    if cards:
        yield _sheet(box, "staff.html", cards)
    for pair in cards:
        box.register("staff", [pair], _order_of(box, pair[0]))


def _code_files(box: Box) -> Iterator[Path]:
    for pair in filter(_is_staff, box.cards):
        holder, card = pair
        name = holder.audience.replace(":", "-").replace("/", "-")
        text = to_file(card.code, box.decision.site, card.level)
        yield box.write(f"{name}.txt", text)
        box.register("key-files", [pair], _order_of(box, holder))


def _sheet(box: Box, name: str, cards: Iterable[Issued]) -> Path:
    plain = tuple(card for _, card in cards)
    return box.write(name, compose_sheet("cards", plain, box.decision, box.job.home / "theme"))


def _is_staff(pair: Issued) -> bool:
    return not pair[0].by_link


def _order_of(box: Box, holder: Holder) -> str:
    """The order that names whoever holds this card: without one there is no card at all (R-133)."""
    code = holder.audience.replace("/", ":").rpartition(":")[2]
    person = next(one for one in box.school.staff.people if one.id == code)
    order = person.order_on(box.today)
    assert order is not None
    return ground_of(person, order)


def _fullest(decision: Decision) -> str:
    """What opens the fullest portfolio of a level as its family's own; nothing when there is
    none."""
    own = [edition for edition in decision.editions if edition.tier == "family"]
    most = max(own, key=lambda edition: len(edition.entries), default=None)
    return most.compartments[0] if most else ""
