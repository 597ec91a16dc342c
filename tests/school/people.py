"""Hand-written staff -> school/ records. Who works here, who teaches which class in which year?"""

import datetime as dt
from collections.abc import Iterable, Mapping

from generator.source.compose import Fields, Value

TODAY = dt.date(2026, 11, 22)
THIS_YEAR = 2026
FIRST_YEAR = 2021
LETTERS = dict(zip("abvgdeziklmn", "АБВГДЕЖЗИКЛМ", strict=True))

DEPUTIES = {"primary": "lebedeva", "basic": "morozova", "senior": "morozova"}
# Everybody was named by the first order; two years later by the next.
_ORDERS: tuple[tuple[str, dt.date, dt.date], ...] = (
    ("приказ № 85-од", dt.date(2024, 8, 30), dt.date(2026, 8, 31)),
    ("приказ № 97-од", dt.date(2026, 8, 28), dt.date(2028, 8, 31)),
)

# id, name, roles, levels of a head or deputy, subject
_STAFF: tuple[tuple[str, str, str, str, str], ...] = (
    ("stepanov", "Степанов Григорий Александрович", "head", "primary basic senior", ""),
    ("lebedeva", "Лебедева Наталья Юрьевна", "deputy-head", "primary", ""),
    ("morozova", "Морозова Ирина Владимировна", "deputy-head", "basic senior", ""),
    ("lapteva", "Лаптева Светлана Петровна", "class-teacher", "", "начальные классы"),
    ("gavrilova", "Гаврилова Инна Борисовна", "class-teacher", "", "начальные классы"),
    ("orlova", "Орлова Вера Николаевна", "class-teacher", "", "начальные классы"),
    ("sinitsyna", "Синицына Алла Романовна", "class-teacher", "", "начальные классы"),
    ("bazhenova", "Баженова Лариса Ивановна", "subject-teacher", "", "начальные классы"),
    ("tikhonova", "Тихонова Марина Львовна", "class-teacher subject-teacher", "", "биология"),
    ("zhuravlyova", "Журавлёва Ольга Андреевна", "class-teacher subject-teacher", "",
     "русский язык и литература"),
    ("ermakov", "Ермаков Павел Игоревич", "class-teacher subject-teacher", "", "физика"),
    ("dorokhova", "Дорохова Елена Викторовна", "class-teacher subject-teacher", "", "история"),
    ("ryabinin", "Рябинин Алексей Дмитриевич", "class-teacher subject-teacher", "", "математика"),
    ("chernykh", "Черных Оксана Валерьевна", "subject-teacher", "", "химия"),
    ("bykov", "Быков Сергей Анатольевич", "subject-teacher extra-teacher", "",
     "физическая культура"),
    ("krylov", "Крылов Денис Олегович", "extra-teacher", "", "робототехника"),
    ("vishnyakova", "Вишнякова Тамара Леонидовна", "subject-teacher extra-teacher", "",
     "изобразительное искусство"),
    ("solovyova", "Соловьёва Анна Марковна", "subject-teacher extra-teacher", "", "музыка"),
)  # fmt: skip

# class this year -> class teachers by level; a level that is missing had the same teacher
_TEACHERS: dict[str, dict[str, str]] = {
    "2a": {"primary": "lapteva"},
    "3b": {"primary": "gavrilova"},
    "4a": {"primary": "orlova"},
    "4b": {"primary": "sinitsyna"},
    "5a": {"primary": "bazhenova", "basic": "tikhonova"},
    "7b": {"primary": "gavrilova", "basic": "zhuravlyova"},
    "9a": {"primary": "orlova", "basic": "ermakov"},
    "10a": {"basic": "tikhonova", "senior": "dorokhova"},
    "11a": {"basic": "ryabinin", "senior": "ryabinin"},
}


# Their numbers at the school's own forge: whose changes count as theirs.
_ACCOUNTS = {"stepanov": 1, "lebedeva": 2, "orlova": 3, "dorokhova": 4}


def staff(keys: Mapping[str, list[Value]]) -> Fields:
    """school/people.yml: everybody the orders name; `keys` are those somebody signs with."""
    people: list[Value] = []
    for row in _STAFF:
        person = _person(row)
        if row[0] in keys:
            person["keys"] = keys[row[0]]
        people.append(person)
    return {"people": people}


def _person(row: tuple[str, str, str, str, str]) -> Fields:
    name, full, roles, levels, subject = row
    person: Fields = {"id": name, "name": full, "roles": list(roles.split())}
    if levels:
        person["levels"] = list(levels.split())
    if subject:
        person["subject"] = subject
    orders: list[Value] = [
        {"number": number, "date": date, "until": until} for number, date, until in _ORDERS
    ]
    person["orders"] = orders
    if name in _ACCOUNTS:
        person["accounts"] = [f"forgejo:{_ACCOUNTS[name]}"]
    return person


def year(first: int) -> str:
    """The school year that begins in `first`."""
    return f"{first}-{(first + 1) % 100:02d}"


def first_of(day: dt.date) -> int:
    """The calendar year in which the school year of a day began."""
    return day.year if day.month > 8 else day.year - 1


def grade_in(class_now: str, first: int) -> int:
    """The grade that a class of this year had in the school year beginning in `first`."""
    return int(class_now[:-1]) - (THIS_YEAR - first)


def teacher_of(class_now: str, first: int) -> str:
    """The class teacher in the school year beginning in `first`."""
    grade = grade_in(class_now, first)
    level = "primary" if grade <= 4 else "basic" if grade <= 9 else "senior"
    by_level = _TEACHERS.get(class_now) or _TEACHERS["4a" if grade <= 4 else "9a"]
    return by_level.get(level) or next(iter(by_level.values()))


def class_lists(members: Mapping[str, Iterable[tuple[str, int, int]]]) -> dict[str, Fields]:
    """Path -> class list of every year; `members`: class now -> students, first and last year."""
    lists: dict[str, Fields] = {}
    for first in range(FIRST_YEAR, THIS_YEAR + 1):
        classes: list[Value] = []
        for class_now, students in members.items():
            grade = grade_in(class_now, first)
            inside = sorted(one for one, since, last in students if since <= first <= last)
            if grade >= 1 and inside:
                classes.append(_one_class(class_now, first, list(inside)))
        lists[f"school/classes/{year(first)}.yml"] = {"year": year(first), "classes": classes}
    return lists


def _one_class(class_now: str, first: int, inside: list[Value]) -> Fields:
    grade, letter = grade_in(class_now, first), class_now[-1]
    return {
        "id": f"{grade}{letter}",
        "title": f"{grade} «{LETTERS[letter]}»",
        "grade": grade,
        "teacher": teacher_of(class_now, first),
        "students": inside,
    }


_LOST: dict[str, str] = {
    "name": "family:belova-anna/papa",
    "reason": "папа потерял карточку в поезде, 14 октября выдали новую",
}
_STOPPED: Fields = {
    "name": "family:melnikov-egor",
    "since": dt.date(2026, 11, 9),
    "reason": "карточку сфотографировали и выложили в общий чат; до замены вход закрыт",
}
_OPENED = {
    "class:2026-27:4a": "классный час «Чему мы научились»",
    "class:2026-27:9a": "собрание о переходе в 10 класс",
    "class:2026-27:11a": "последний классный час",
    "level:primary": "праздник начальной школы",
    "level:basic": "итоги недели проектов",
    "level:senior": "вечер выпускников",
}

_FOUND: Fields = {
    "name": "family:kim-sofya",
    "since": dt.date(2026, 9, 21),
    "reason": "карточку забыли в библиотеке",
    "resumed": dt.date(2026, 9, 22),
}


_COMMISSIONS: list[Value] = [
    {
        "level": "primary",
        "year": "2026-27",
        "order": "приказ № 118-од от 9 ноября 2026 г.",
        "members": ["lebedeva", "orlova", "tikhonova"],
        "until": dt.date(2027, 5, 28),
    },
    {
        "level": "basic",
        "year": "2026-27",
        "order": "приказ № 119-од от 9 ноября 2026 г.",
        "members": ["morozova", "ermakov", "dorokhova"],
        "until": dt.date(2027, 6, 25),
    },
]


def access_of(students: set[str]) -> Fields:
    """school/access.yml: event codes, a lost card and a stopped one of the school by hand."""
    if _LOST["name"].split(":")[1].split("/")[0] not in students:
        return {}
    opened: list[Value] = [
        {"name": name, "until": dt.date(2027, 6, 30), "reason": reason}
        for name, reason in _OPENED.items()
    ]
    # Whoever finds the card could read these too: their keys are replaced with the code.
    locked = ("child:belova-anna/family", "class:2026-27:4a/shared", "level:primary:2026-27/shared")
    epochs: list[Value] = [
        {"name": name, "epoch": 2, "reason": _LOST["reason"]} for name in (_LOST["name"], *locked)
    ]
    # The photographed card opens nothing now; its old ring must not open what is made later.
    away = ("child:melnikov-egor/family", "class:2026-27:7b/shared", "level:basic:2026-27/shared")
    epochs += [{"name": name, "epoch": 2, "reason": "карточку сфотографировали"} for name in away]
    return {
        "opened": opened,
        "commissions": _COMMISSIONS,
        "epochs": epochs,
        "suspended": [_STOPPED, _FOUND],
    }
