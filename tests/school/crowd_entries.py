"""A number -> one entry of a generated student. What does a child of any school collect?"""

import datetime as dt
import random
from dataclasses import dataclass

from tests.school import people
from tests.school.entries import Story

_TITLES = {
    "contest/olympiad": "Олимпиада «Открытие»",
    "creative/drawing": "Рисунок с натуры",
    "creative/craft": "Поделка для дома",
    "series": "Мои работы тогда и теперь",
    "project/research": "Наше исследование",
    "sport": "Весёлые старты",
    "gto": "Знак ГТО",
    "course": "Кружок «Росток»",
    "volunteering": "Добрые дела",
    "reward/approval": "Спасибо от класса",
    "study/subject": "Тема, которая получилась",
    "activity": "Клуб «Почемучка»",
    "practice": "Проба профессии",
    "government": "Совет класса",
    "training": "Первая профессия",
    "external": "Курс в другой школе",
    "page": "Моя страница",
    "contest/intellectual": "Турнир «Смекалка»",
    "project/project": "Наш проект",
    "creative/literary": "Рассказ",
}
KINDS = tuple(_TITLES)
_FIELDS: dict[str, Story] = {
    "contest": {"subject": "Математика", "stage": "school"},
    "sport": {"discipline": "лёгкая атлетика", "stage": "municipal"},
    "course": {"organisation": "Дом творчества", "direction": "science", "hours": 34},
    "volunteering": {"organisation": "Школа № 12", "hours": 4},
    "reward": {"sphere": "social", "given_by": "Ребята из класса"},
    "study": {
        "subject": "История",
        "assessment": "current",
        "accounting": "current",
        "outcome": "Рассказал сам и до конца",
    },
    "activity": {"direction": "intellectual", "leader": "Крылов Денис Олегович", "hours": 34},
    "practice": {"organisation": "Городская библиотека", "role": "расставлял книги", "hours": 12},
    "government": {"body": "Совет класса", "role": "отвечаю за книги"},
    "training": {"organisation": "Технопарк «Верфь»", "profession": "чертёжник", "hours": 72},
    "page": {"category": "hobbies", "text": "Здесь я рассказываю о том, что люблю."},
}
_PAPERS = {
    "contest": "certificate",
    "sport": "certificate",
    "course": "certificate",
    "gto": "identity",
    "training": "attestation",
    "external": "certificate",
}
_ACTIONS = ("planning", "finding self-control", "own-opinion", "inquiry presenting")
# First ages of the steps, in the old scheme and in the one of 23 March 2023.
_NEW_STEPS = dt.date(2023, 3, 23)
_AGES = {"gto18": (6, 8, 10, 12, 14, 16), "gto11": (6, 9, 11, 13, 16)}


@dataclass(frozen=True)
class Child:
    """What an entry of a generated student depends on."""

    born: dt.date
    grade: int
    steps: tuple[str, ...]
    """Audiences the consent allows, the widest last."""


def crowd_entry(rng: random.Random, turn: int, child: Child, before: list[Story]) -> Story:
    """An entry of the kind whose turn it is; `before` are those the student already has."""
    kind = KINDS[turn % len(KINDS)]
    if kind == "series" and len(before) < 2:
        kind = "creative/drawing"
    name = kind.partition("/")[0]
    day = _day(rng, child.grade)
    story: Story = {
        "ref": f"e{len(before)}",
        "title": f"{_TITLES[kind]} — {turn + 1}",
        "kind": kind,
        "date": day,
        "actions": rng.choice(_ACTIONS),
        "see": rng.choice(child.steps),
        "r": "Я попробовал новое и понял, что могу больше. В следующий раз начну раньше.",
    }
    if name != "series" and turn % 5 < 3:
        story["scan"] = [f"{_PAPERS.get(name, 'photo')} plain"]
    return story | _FIELDS.get(name, {}) | _own(name, day, child, before)


def _order(day: dt.date) -> Story:
    return {"number": f"приказ № {day.toordinal() % 400 + 1}", "date": day}


def _day(rng: random.Random, grade: int) -> dt.date:
    oldest = max(people.FIRST_YEAR, people.THIS_YEAR - grade + 1)
    last = people.TODAY - dt.timedelta(days=20)
    days = (last - dt.date(oldest, 9, 1)).days
    return last - dt.timedelta(days=rng.randint(0, max(1, days)))


def _own(name: str, day: dt.date, child: Child, before: list[Story]) -> Story:
    """What depends on the day and on the other entries."""
    if name == "gto":
        scheme = "gto18" if day >= _NEW_STEPS else "gto11"
        age = (
            day.year - child.born.year - ((day.month, day.day) < (child.born.month, child.born.day))
        )
        step = max(1, sum(first <= age for first in _AGES[scheme]))
        return {"scheme": scheme, "step": step, "sign": "bronze", "order": _order(day)}
    if name == "series":
        works = sorted(before[-2:], key=lambda story: (story["date"], story["ref"]))
        return {
            "date": max(one["date"] for one in works),
            "area": "мои работы",
            "works": " ".join(one["ref"] for one in works),
            "change": "Раньше я спешил, теперь смотрю.",
        }
    if name == "reward":
        last = before[-1] if before else {"date": day}
        for_what = {"entries": last["ref"]} if before else {}
        on = max(day, last["date"])
        return {"date": on, "order": _order(on)} | for_what
    if name == "external":
        after = day + dt.timedelta(days=7)
        return {
            "organisation": "Станция юннатов «Синица»",
            "application": {"form": "oral", "date": after, "by": "both"},
            "recognition": {"state": "requested"},
        }
    return {}
