"""A school of two classes with three families -> its sealed sites, and what each card opened.

The least in which a card can be lost and its neighbours can be asked whether they still work.
"""

import shutil
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from generator.model.edition import Decision, Holder
from generator.model.site import Card
from generator.seal.cipher import Refused
from generator.seal.envelope import Damaged
from tests.opener import Reader, payload, unb64
from tests.sample import Sample, build_sample
from tests.world import world


def _student(surname: str, given: str, more: str = "") -> dict[str, str]:
    id = {"Белова": "belova-anna", "Иванов": "ivanov-petr", "Котова": "kotova-lada"}[surname]
    return {
        f"records/{id}/student.yml": (
            f"name: {{surname: {surname}, given: {given}}}\nborn: 2016-05-01\n{more}"
        ),
        f"records/{id}/consent.yml": (
            "consents:\n  - {id: first, purpose: processing, audience: school, "
            "given_by: {name: Родитель, relation: mother}, signed: 2026-09-01, "
            "until: 2027-08-31, document: папка, "
            "covers: [surname, photos, papers, works, words, reviews]}\n"
        ),
        f"students/{id}/portfolio.yml": (
            f"about: {{motto: Девиз ученика {given}, visibility: school}}\n"
        ),
    }


TOWN = {
    "school/classes/2026-27.yml": """\
        year: 2026-27
        classes:
          - {id: 4a, title: 4 «А», grade: 4, teacher: orlova, students: [belova-anna, ivanov-petr]}
          - {id: 3b, title: 3 «Б», grade: 3, teacher: gavrilova, students: [kotova-lada]}
        """,
    "school/people.yml": """\
        people:
          - id: orlova
            name: Орлова Мария Ивановна
            roles: [class-teacher]
            orders: [{number: 42-о, date: 2026-09-01}]
          - id: gavrilova
            name: Гаврилова Инна Борисовна
            roles: [class-teacher]
            orders: [{number: 42-о, date: 2026-09-01}]
          - id: lebedeva
            name: Лебедева Нина Львовна
            roles: [deputy-head]
            levels: [primary]
            orders: [{number: 42-о, date: 2026-09-01}]
        """,
    "school/access.yml": """\
        # коды праздников
        opened:
          - {name: 'class:2026-27:4a', until: 2026-11-30, reason: классный час}  # в среду
          - {name: 'level:primary', until: 2026-11-30, reason: праздник}
        commissions:
          - level: primary
            year: 2026-27
            order: приказ № 7
            members: [lebedeva]
            until: 2026-11-30  # последнее заседание
        """,
    **_student(
        "Белова", "Анна", "households: [{id: mama, title: Мама}, {id: papa, title: Папа}]\n"
    ),
    **_student("Иванов", "Пётр"),
    **_student("Котова", "Лада"),
}
"""4a: Anna with two homes, Petr. 3b: Lada. Each shows the school a motto. Two events
are open, and a commission sits."""


@dataclass(frozen=True)
class Town:
    """The school on disk, built, in folders of its own."""

    sample: Sample

    @cached_property
    def cards(self) -> dict[str, tuple[Holder, Card]]:
        """Audience -> its card, as the school would print it now."""
        return {h.audience: (h, c) for _, h, c in self.sample.cards()}

    def reader(self, audience: str) -> Reader:
        """Whoever holds the card of now, before whatever is published later."""
        return self.sample.reader(*self.cards[audience])

    @cached_property
    def rings(self) -> dict[str, tuple[bytes, ...]]:
        """Audience -> the keys that somebody may have kept out of today's keyring."""
        return {
            one: tuple(unb64(key) for key in (self.reader(one).ring() or {"keys": []})["keys"])
            for one in self.cards
        }

    @cached_property
    def opened(self) -> dict[str, dict[str, str]]:
        """Audience -> every page that its card opens: oid -> HTML."""
        return {one: self.reader(one).pages() for one in self.cards}

    def text(self, audience: str) -> str:
        """Every word that a card opens."""
        return " ".join(self.opened.get(audience, {}).values()).replace("\xa0", " ")

    def again(self, by: str = "lebedeva") -> "Town":
        """The same school built once more, after something was changed."""
        return Town(replace(self.sample.again(), job=replace(self.sample.job, by=by)))

    def kept_opens(self, before: "Town", audience: str) -> list[str]:
        """What a keyring kept from before still opens of what is published now."""
        reader, keys, found = before.reader(audience), before.rings[audience], []
        for file in sorted((reader.folder / "p").glob("*.html")):
            for key in keys:
                try:
                    found.append(reader.open(payload(file), file.stem, key).decode())
                except (Refused, Damaged):
                    continue
        return found

    def decisions(self) -> dict[str, Decision]:
        """Level -> what is granted on it."""
        return {one.level: one for one in self.sample.decisions}


def build_town(folder: Path) -> Town:
    """The school below `folder`, published once."""
    sample = build_sample(folder, world(folder / "written", {**TOWN}))
    town = Town(replace(sample, job=replace(sample.job, by="lebedeva")))
    _ = town.cards, town.rings, town.opened  # read before anything is published over it
    return town


def moved(town: Town, folder: Path) -> Town:
    """The same school in folders of one test, and what its cards opened there."""
    for name in ("portfolios", "private", "site"):
        here = town.sample.job.output if name == "site" else getattr(town.sample.job, name)
        shutil.copytree(here, folder / name, symlinks=True)
    copy = Town(town.sample.moved(folder))
    vars(copy).update(cards=town.cards, rings=town.rings, opened=town.opened)
    return copy
