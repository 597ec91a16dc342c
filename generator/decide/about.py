"""School + level + day -> the page «О портфолио». By which rules, and who answers?"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import get_args

from generator.decide.compartments import of_level
from generator.decide.subject import person, term
from generator.diagnostic import Text
from generator.model.about import About, Announced, Basis, Duty, Term, Version
from generator.model.entry import Act
from generator.model.kinds import KINDS
from generator.model.law import LegalAct
from generator.model.school import Level, Person, Role, School, SchoolClass, year_of
from generator.model.shown import NOTHING, Fact, State
from generator.model.spoken import join, same, say_paper
from generator.trouble import Trouble

_ORDER = Text("приказ", "order")
_PROTOCOL = Text("протокол", "minutes")
_ROLES: Mapping[Role, Text] = {
    "head": Text("Директор", "Head"),
    "deputy-head": Text("Заместитель директора", "Deputy head"),
    "class-teacher": Text("Классные руководители", "Class teachers"),
    "subject-teacher": Text("Учителя-предметники", "Subject teachers"),
    "extra-teacher": Text("Педагоги дополнительного образования", "Extra-curricular teachers"),
}
_GLOSSARY = ("kinds", "states", "levels", "glossary")


def tell_about(
    school: School, level: Level, rooms: tuple[SchoolClass, ...], today: dt.date
) -> About:
    """What stands on the page of a level; its readers hold the key of the level."""
    regulation = school.settings.regulation
    return About(
        path=f"about/{level}",
        level=level,
        compartments=(of_level(year_of(today), level),),
        regulation=regulation.title,
        version=regulation.version,
        trail=tuple(_trail(school)),
        versions=tuple(
            Version(change.version, change.what, tuple(_papers(change.council, change.order)))
            for change in regulation.changes
        ),
        basis=tuple(find_bases(school, regulation.basis, today)),
        duties=tuple(_duties(school, level, rooms, today)),
        announced=tuple(_announced(school, today)),
        glossary=tuple(_glossary(school)),
        handbook=school.settings.hosting.handbook or "",
    )


def tell_everybody(about: About, school: School) -> About:
    """As much of that page as needs no code: duties, but nobody who has one; no events, as a
    teacher announces them to those of the level; no words that name anybody."""
    versions = (replace(one, what=_nobodys(one.what, school)) for one in about.versions)
    return replace(
        about,
        path=f"{about.path}/public",
        compartments=("public",),
        versions=tuple(versions),
        duties=tuple(replace(duty, people=()) for duty in about.duties),
        announced=(),
    )


def _nobodys(words: str, school: School) -> str:
    """What was changed, unless somebody's surname stands in it, whatever its ending."""
    staff = (one.name.split()[0] for one in school.staff.people)
    named = any(surname[:-1].lower() in words.lower() for surname in staff)
    return "" if named or school.names.find(words) else words


def _trail(school: School) -> Iterator[Fact]:
    """How the regulation was approved (R-160)."""
    regulation = school.settings.regulation
    opinions = {
        "students-council": regulation.students_council,
        "parents-council": regulation.parents_council,
    }
    yield from _papers(regulation.council, regulation.order)
    for name, act in opinions.items():
        if act:
            yield Fact(name, say_paper(_PROTOCOL, act.number, act.date))


def _papers(council: Act, order: Act) -> Iterator[Fact]:
    yield Fact("council", say_paper(_PROTOCOL, council.number, council.date))
    yield Fact("order", say_paper(_ORDER, order.number, order.date))


def find_bases(school: School, codes: tuple[str, ...], today: dt.date) -> Iterator[Basis]:
    """These legal acts, as far as they are known, and how they stand on a day (R-163)."""
    for code in codes:
        if act := school.acts.get(code):
            paper = say_paper(NOTHING, act.number, act.date)
            new = school.acts.get(act.replaced_by or "")
            # The new act may itself be of the past: whoever reads wants to know what holds now.
            while (
                new and (after := school.acts.get(new.replaced_by or "")) and _began(after) <= today
            ):
                new = after
            yield _basis(act, new, paper, today)


def _basis(act: LegalAct, new: LegalAct | None, paper: Text, today: dt.date) -> Basis:
    instead = say_paper(same(new.title), new.number, new.date) if new else NOTHING
    lasts = partial(Basis, act.title, paper, checked=act.checked, since=act.since, until=act.until)
    if _began(act) > today:
        return lasts(state="coming", replaced_by=NOTHING)
    if act.until and act.until < today:
        return lasts(state="replaced" if new else "ended", replaced_by=instead)
    if new and not act.until and _began(new) <= today:
        return lasts(state="replaced", replaced_by=instead)
    return lasts(state="in-force", replaced_by=NOTHING)


def _began(act: LegalAct) -> dt.date:
    return act.since or act.date


def _duties(
    school: School, level: Level, rooms: tuple[SchoolClass, ...], today: dt.date
) -> Iterator[Duty]:
    """Who answers for what, as far as an order of today names them (R-059)."""
    for role, title in _ROLES.items():
        people = tuple(
            Fact(
                one.name, join((_charge(one, role, rooms), say_paper(_ORDER, act.number, act.date)))
            )
            for one in school.staff.people
            if role in one.roles
            and (act := one.order_on(today))
            and _is_of(one, role, level, rooms)
        )
        if people:
            yield Duty(role, title, people)


def _is_of(one: Person, role: Role, level: Level, rooms: tuple[SchoolClass, ...]) -> bool:
    if role == "class-teacher":
        return any(room.teacher == one.id for room in rooms)
    return not one.levels or level in one.levels


def _charge(one: Person, role: Role, rooms: tuple[SchoolClass, ...]) -> Text:
    if role == "class-teacher":
        return join(tuple(same(room.title) for room in rooms if room.teacher == one.id))
    return same(one.subject or "")


def _announced(school: School, today: dt.date) -> Iterator[Announced]:
    """Events of this school year that a teacher announced (R-056)."""
    names = school.names
    events = sorted(school.events.events, key=lambda event: (event.date, event.id))
    for event in events:
        named = any(names.find(text) for text in (event.title, event.organiser or ""))
        if event.announced_by and year_of(event.date) == year_of(today) and not named:
            stage = term(school, "stages", event.stage)
            by = person(school, event.announced_by)
            yield Announced(event.title, event.date, stage, by, is_ahead=event.date >= today)


def _glossary(school: School) -> Iterator[tuple[str, tuple[Term, ...]]]:
    """Every word of the pages with its meaning; Trouble when a label has none (R-001)."""
    for name in _GLOSSARY:
        listed = school.vocabularies.get(name)
        terms = tuple(
            Term(f"{name}-{t.code}", Text(t.ru, t.en), Text(t.meaning, t.meaning_en or t.meaning))
            for t in (listed.terms if listed else ())
            if t.meaning
        )
        _refuse_unexplained(name, {one.anchor for one in terms})
        yield name, terms


def _refuse_unexplained(name: str, explained: set[str]) -> None:
    labels = {"kinds": (*KINDS, "group"), "states": get_args(State)}.get(name, ())
    lacking = [code for code in labels if f"{name}-{code}" not in explained]
    if lacking:
        raise Trouble(
            Text(
                f"в словарике нет объяснения: {name}, {', '.join(lacking)}",
                f"the glossary has no meaning for: {name}, {', '.join(lacking)}",
            ),
            Text(
                f"допишите meaning в schema/vocabulary/{name}.yml",
                f"add meaning in schema/vocabulary/{name}.yml",
            ),
        )
