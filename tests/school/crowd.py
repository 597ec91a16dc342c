"""A number -> stories. What does a school of any size look like?"""

import datetime as dt
import random
from typing import Any

from tests.school import people
from tests.school.entries import Story
from tests.school.shape import Notes, Shaped, shape_school

_BOYS = (
    "Алексей", "Артур", "Богдан", "Вадим", "Виктор", "Глеб", "Денис", "Захар", "Игорь", "Лев",
    "Марк", "Матвей", "Олег", "Павел", "Савва", "Тихон", "Юрий",
)  # fmt: skip
_GIRLS = (
    "Агата", "Алиса", "Вера", "Дина", "Ева", "Жанна", "Зоя", "Инна", "Кира", "Лада", "Майя",
    "Ника", "Олеся", "Рада", "Стелла", "Тамара", "Эмма",
)  # fmt: skip
_FATHERS = (
    "Антонов", "Борисов", "Глебов", "Егоров", "Иванов", "Максимов", "Олегов", "Павлов", "Романов",
    "Тимуров",
)  # fmt: skip
_STEMS = (
    "Аист", "Берёз", "Бобр", "Ветр", "Волн", "Гнезд", "Голуб", "Град", "Дождев", "Дубов", "Жарк",
    "Журавл", "Звонар", "Зимин", "Калин", "Камышов", "Клён", "Кораблёв", "Крылат", "Лебедян",
    "Лугов", "Маков", "Мельничн", "Облак", "Осенн", "Парус", "Песочн", "Полян", "Птицын", "Радуг",
    "Родник", "Рощин", "Рябин", "Светл", "Синич", "Скворц", "Снегир", "Соколик", "Степн",
    "Травин", "Туман", "Ушак", "Фонар", "Хвойн", "Цветк", "Чайк", "Шалаш", "Щегл", "Ясен",
)  # fmt: skip
_KINDS = (
    "contest/olympiad", "contest/creative", "creative/drawing", "project/research", "sport",
    "course", "volunteering", "creative/literary", "contest/intellectual", "project/project",
)  # fmt: skip
_TITLES = {
    "contest": "Конкурс «Открытие»", "creative": "Творческая работа", "project": "Наш проект",
    "sport": "Весёлые старты", "course": "Кружок «Росток»", "volunteering": "Добрые дела",
}  # fmt: skip
_PER_CLASS = 25


def shape_crowd(students: int, entries: int, seed: int, scans: bool) -> Shaped:
    """A school of so many students, about 25 to a class, each with so many entries."""
    rng = random.Random(f"crowd:{seed}:{students}:{entries}")
    stories = [_student(rng, number, students, entries) for number in range(students)]
    return shape_school(Notes(stories, [], seed, scans))


def _student(rng: random.Random, number: int, students: int, entries: int) -> Story:
    classes = max(11, -(-students // _PER_CLASS))
    place = number * classes // students
    grade, letter = place % 11 + 1, "abvgdeziklmn"[place // 11 % 12]
    girl = rng.random() < 0.5
    surname = _STEMS[number % len(_STEMS)] + ("ова" if girl else "ов")
    given = rng.choice(_GIRLS if girl else _BOYS)
    patronymic = rng.choice(_FATHERS) + ("на" if girl else "ич")
    born = dt.date(people.THIS_YEAR - 7 - grade + 1, rng.randint(1, 12), rng.randint(1, 28))
    first = rng.choice("АБВГДЕИКЛМНОПРСТ")
    story: Story = {
        "id": f"uchenik-{number + 1:05d}",
        "name": f"{surname} {given} {patronymic}",
        "born": born,
        "class": f"{grade}{letter}",
        "parent": f"{surname} {first}. {rng.choice('АБВГД')}., mother",
        "consent": rng.choice(["school", "school", "class", "family"]),
        "about": {"motto": "Шаг за шагом", "text": "Учусь, пробую, радуюсь."},
        "goals": [{"goal": "Узнавать новое", "steps": ["Читать", "Спрашивать"]}],
    }
    oldest = max(people.FIRST_YEAR, people.THIS_YEAR - grade + 1)
    widest = {"school": "class class school", "class": "family class", "family": "family"}
    steps = widest[story["consent"]].split()
    story["entries"] = [_entry(rng, index, oldest, steps) for index in range(entries)]
    if story["entries"]:
        story |= {
            "highlights": "e0",
            "cover": "e0",
            "palette": rng.choice(["school", "sea", "sun"]),
        }
    return story


def _entry(rng: random.Random, index: int, oldest: int, steps: list[str]) -> Story:
    kind = _KINDS[index % len(_KINDS)]
    name = kind.partition("/")[0]
    last = people.TODAY - dt.timedelta(days=20)
    days = (last - dt.date(oldest, 9, 1)).days
    day = last - dt.timedelta(days=rng.randint(0, max(1, days)))
    story: Story = {
        "ref": f"e{index}",
        "title": f"{_TITLES[name]} — {index + 1}",
        "kind": kind,
        "date": day,
        "see": rng.choice(steps),
        "r": "Я попробовал новое и понял, что могу больше. В следующий раз начну раньше.",
    }
    more: dict[str, dict[str, Any]] = {
        "contest": {"subject": "Математика", "stage": "school"},
        "sport": {"discipline": "лёгкая атлетика", "stage": "municipal"},
        "course": {"organisation": "Дом творчества", "direction": "science", "hours": 34},
        "volunteering": {"organisation": "Школа № 12", "hours": 4},
    }
    story |= more.get(name, {})
    if index % 5 < 3:
        story["scan"] = [
            "certificate plain" if name in ("contest", "sport", "course") else "photo plain"
        ]
    return story
