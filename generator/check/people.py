"""Staff and audiences -> diagnostics. Is everybody named once, and by an order?"""

import datetime as dt
from collections.abc import Iterator

from generator.check.inspection import Inspection, is_appointed
from generator.check.shapes import twice
from generator.diagnostic import Diagnostic, Text, quote
from generator.model.school import LEVELS, Person, SchoolClass
from generator.say import near_or

LEADERS = frozenset({"head", "deputy-head"})
"""Who answers for levels of education and signs second (003 §3.3.5)."""


def person_twice(at: Inspection) -> Iterator[Diagnostic]:
    """Two members of staff bear the same id.

    Что это значит: в people.yml один id у двух людей.
    Почему важно: подтверждения и доступ одного достались бы другому (R-060).
    Не так: id: orlova дважды
    А так: id: orlova и id: orlova-n
    """
    ids = [person.id for person in at.school.staff.people]
    yield from twice(ids, at.school.staff.place("people"), "person-twice")


def appointment_expired(at: Inspection) -> Iterator[Diagnostic]:
    """Somebody has duties this year, and no order names them today.

    Что это значит: у классного руководителя этого года, директора или заместителя приказа нет,
    он кончился или ещё не начал действовать.
    Почему важно: без приказа нет карточки, а новые подтверждения не считаются (001 §5.3;
    002 §7.3; 003 §3.3.5; R-059, R-060, R-133). Прежние подтверждения остаются.
    Не так: until: 2026-08-31, а класс у человека и в этом году
    А так: в orders рядом с прежним приказом стоит новый
    """
    staff = at.school.staff
    for index, person in enumerate(staff.people):
        leads = LEADERS & set(person.roles) or any(_own(at, person))
        if not leads or is_appointed(person, at.today):
            continue
        yield Diagnostic(
            staff.place("people", index, "id"),
            "appointment-expired",
            _without_order(person, at.today),
            Text(
                "добавьте новый приказ в orders или снимите обязанности с этого человека",
                "add the new order to orders, or give the duties to somebody else",
            ),
            "warning",
        )


def teacher_without_role(at: Inspection) -> Iterator[Diagnostic]:
    """A class teacher of this year does not have the role of one.

    Что это значит: человек ведёт класс этого года, а в roles нет class-teacher.
    Почему важно: на странице «О портфолио» его обязанности назвали бы неверно (003 §3.3, R-050).
    Не так: roles: [subject-teacher], а класс 4а его
    А так: roles: [class-teacher, subject-teacher]
    """
    staff = at.school.staff
    for index, person in enumerate(staff.people):
        room = next(_own(at, person), None)
        if room and "class-teacher" not in person.roles:
            yield Diagnostic(
                staff.place("people", index, "roles"),
                "teacher-without-role",
                Text(
                    f"{quote(person.id)} ведёт класс {quote(room.title)}, а роли для этого нет",
                    f"{quote(person.id)} leads the class {quote(room.title)} without the role",
                ),
                Text("добавьте в roles: class-teacher", "add class-teacher to roles"),
                "warning",
            )


def account_twice(at: Inspection) -> Iterator[Diagnostic]:
    """One number at a forge is of two people.

    Что это значит: один и тот же номер учётной записи стоит в accounts у двоих.
    Почему важно: по номеру решают, кто что вправе менять; чужой получил бы права другого
    (003 §3.3, R-050).
    Не так: accounts: [forgejo:42] у учителя и у ученика
    А так: у каждого свой номер
    """
    staff, owners = at.school.staff, set[str]()
    listed = [
        (staff.place("people", i, "accounts", j), one)
        for i, person in enumerate(staff.people)
        for j, one in enumerate(person.accounts)
    ]
    # A family may write for two of its children; a member of staff is nobody's family there.
    own = {one for _, one in listed}
    for record in (
        student.record for student in at.school.students if own and student.record.accounts
    ):
        both = ((record.place("accounts", i), one) for i, one in enumerate(record.accounts))
        listed += [(place, one) for place, one in both if one in own]
    for place, one in listed:
        if one in owners:
            yield Diagnostic(
                place,
                "account-twice",
                Text(f"номер {quote(one)} уже у другого", f"{quote(one)} is of somebody else"),
                Text("оставьте его у одного", "leave it with one of the two"),
            )
        owners.add(one)


def deputy_without_level(at: Inspection) -> Iterator[Diagnostic]:
    """A head or deputy head answers for no level of education.

    Что это значит: у директора или заместителя пуст список levels.
    Почему важно: карточку и страницу ступени получают по этому списку (003 §3.3.5, R-058).
    Не так: roles: [deputy-head] без levels
    А так: roles: [deputy-head] и levels: [primary]
    """
    staff = at.school.staff
    for index, person in enumerate(staff.people):
        if LEADERS & set(person.roles) and not person.levels:
            yield Diagnostic(
                staff.place("people", index, "roles"),
                "deputy-without-level",
                Text(
                    f"{quote(person.id)} не отвечает ни за одну ступень: карточки не будет",
                    f"{quote(person.id)} answers for no level: there will be no card",
                ),
                Text(
                    "добавьте levels: primary (1–4), basic (5–9), senior (10–11)",
                    "add levels: primary (1-4), basic (5-9), senior (10-11)",
                ),
                "warning",
            )


def audience_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """The file access.yml names an audience or a key that does not exist.

    Что это значит: такого ученика, класса, учителя или такой ступени в школе нет.
    Почему важно: приостановленный доступ остался бы открытым, а новый код не заменил бы
    прежний (002 §7.5.6, R-139).
    Не так: family:belova-ana
    А так: family:belova-anna
    """
    access = at.school.access
    lists = {
        "opened": [opening.name for opening in access.opened],
        "epochs": [epoch.name for epoch in access.epochs],
        "suspended": [suspension.name for suspension in access.suspended],
    }
    known = audiences(at)
    kinds = _unread_kinds(at)
    for key, names in lists.items():
        here = known | stoppable(at) if key == "suspended" else known
        for index, name in enumerate(names):
            if name in here or name.partition(":")[0] in kinds:
                continue
            yield Diagnostic(
                access.place(key, index, "name"),
                "audience-unknown",
                Text(f"{quote(name)}: таких нет", f"{quote(name)}: there is none"),
                near_or(
                    name,
                    here,
                    Text(
                        "пишут так: family:belova-anna, class:2026-27:4a, teacher:orlova",
                        "write it like family:belova-anna, class:2026-27:4a, teacher:orlova",
                    ),
                ),
            )


def _own(at: Inspection, person: Person) -> Iterator[SchoolClass]:
    """The classes of this year that a person leads."""
    for years in at.school.years:
        if years.year == at.year:
            yield from (room for room in years.classes if room.teacher == person.id)


def _without_order(person: Person, today: dt.date) -> Text:
    who = quote(person.id)
    ended = [o.until for o in person.orders if o.until and o.until < today]
    if ended:
        day = quote(max(ended))
        return Text(
            f"приказ о {who} действовал до {day}, а обязанности есть и сейчас",
            f"the order about {who} ended on {day}, and the duties have not",
        )
    if person.orders:
        day = quote(min(order.date for order in person.orders))
        return Text(
            f"приказ о {who} начнёт действовать только {day}, а обязанности есть уже сейчас",
            f"the order about {who} begins only on {day}, and the duties are there now",
        )
    return Text(
        f"у {who} есть обязанности, а приказа нет", f"{who} has duties, and there is no order"
    )


def audiences(at: Inspection) -> set[str]:
    """Every audience and compartment that there is, now or in a year gone by."""
    known, years = {"public"}, {at.year, *(listed.year for listed in at.school.years)}
    for level in LEVELS:
        known |= {f"level:{level}", *(f"staff:{level}/{person}" for person in at.people)}
        for year in years:
            known |= {f"commission:{level}:{year}", f"staff:{level}:{year}"}
            known |= {f"level:{level}:{year}/shared"}
    known |= {f"teacher:{person}" for person in at.people}
    known |= {f"teacher:{person}:{year}" for person in at.people for year in years}
    for one in at.school.access.commissions:
        known |= {f"commission:{one.level}:{one.year}/{member}" for member in one.members}
    for student in at.school.students:
        known |= {
            f"family:{student.id}",
            f"child:{student.id}/family",
        }
        for house in student.record.households:
            known |= {f"family:{student.id}/{house.id}"}
            known |= {f"family:{house.home}", f"home:{house.home}"} if house.home else set()
    for listed in at.school.years:
        for room in listed.classes:
            known |= {f"class:{listed.year}:{room.id}", f"class:{listed.year}:{room.id}/shared"}
    return known


def stoppable(at: Inspection) -> set[str]:
    """What can be suspended without being an audience: a student, and the whole school."""
    return {"school", *(f"student:{student}" for student in at.students)}


def _unread_kinds(at: Inspection) -> set[str]:
    # What a file that could not be read would have made known.
    kinds: set[str] = set()
    for file in at.school.unread:
        if file == "school/people.yml":
            kinds |= {"teacher", "staff"}
        elif file.startswith("school/classes/"):
            kinds |= {"class", "commission"}
        elif file.endswith("/student.yml"):
            kinds |= {"family", "child", "home", "student"}
    return kinds
