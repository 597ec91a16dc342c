"""A number -> stories. What does a school of any size look like?"""

import datetime as dt
import random

from generator.model.school import level_of
from tests.school import people
from tests.school.crowd_entries import Child, crowd_entry
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
_PER_CLASS = 25
_ALBUM = dt.date(2026, 10, 16)
_WIDEST = {"school": "class class school", "class": "family class", "family": "family"}
_ANSWERS = {
    "primary": {
        "joy": "Больше всего в этом году меня обрадовал поход.",
        "now-i-can": "Раньше у меня не получалось ждать, а теперь я умею.",
        "next-i-want": "В следующем году мне хочется прочитать толстую книгу.",
    },
    "basic": {
        "hard": "Трудно было начать. Помог друг, который начал рядом.",
        "interests": "Раньше нравилось смотреть, теперь — делать самому.",
    },
}
_ESSAY = "За год я понял, что выбираю не предмет, а людей, с которыми хочется его учить."


def shape_crowd(students: int, entries: int, seed: int, scans: bool) -> Shaped:
    """A school of so many students, about 25 to a class, each with so many entries."""
    rng = random.Random(f"crowd:{seed}:{students}:{entries}")
    stories = [_student(rng, number, students, entries) for number in range(students)]
    return shape_school(Notes(stories, _collectives(stories), seed, scans))


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
    child = Child(born, grade, tuple(_WIDEST[story["consent"]].split()))
    made: list[Story] = []
    for index in range(entries):
        # kinds go round the whole school: a small portfolio cannot hold all of them
        made.append(crowd_entry(rng, number * entries + index, child, made))
    story["entries"] = made
    if made:
        story["highlights"] = " ".join(one["ref"] for one in made[:3])
        story["palette"] = rng.choice(["school", "sea", "sun"])
    if seen := next((one["ref"] for one in made if "scan" in one), None):
        story["cover"] = seen
    return story | _year(rng, grade, child.steps[-1], story["class"])


def _year(rng: random.Random, grade: int, widest: str, class_now: str) -> Story:
    """Words about the year that is over, about interests, and about what was done together."""
    said: Story = {
        "interests": [
            {"year": "2026-27", "words": rng.sample(["книги", "птицы", "роботы", "бег"], 2)}
        ],
        "self_assessments": [
            {"year": "2026-27", "about": "Слушать других", "sign": rng.choice(["sun", "sprout"])}
        ],
    }
    if grade > 1:
        answers = _ANSWERS.get(level_of(grade - 1))
        words: Story = {"year": "2025-26", "see": widest}
        if answers:
            words["answers"] = [{"prompt": key, "text": text} for key, text in answers.items()]
        said["reflections"] = [words if answers else words | {"essay": _ESSAY}]
    if widest != "family" and rng.random() < 0.7:
        by = "student" if grade >= 9 else "both"
        said["shared"] = [
            {"what": f"albom-{class_now}", "see": widest, "by": by, "day": _ALBUM, "r": "Это мы."}
        ]
    return said


def _collectives(stories: list[Story]) -> list[Story]:
    """Every class with an album, and an ensemble of the first few."""
    rooms: dict[str, list[str]] = {}
    for story in stories:
        rooms.setdefault(story["class"], []).append(story["id"])
    made = [
        _collective(f"klass-{room}", "class", f"Альбом {_spoken(room)}", inside)
        | {"title": _spoken(room)}
        for room, inside in rooms.items()
    ]
    for one, room in zip(made, rooms, strict=True):
        one["achievements"][0] |= {
            "id": f"albom-{room}",
            "entered_by": people.teacher_of(room, people.THIS_YEAR),
        }
    first = [story["id"] for story in stories[:8]]
    return [*made, _collective("ansambl", "ensemble", "Осенний концерт", first)]


def _spoken(room: str) -> str:
    return f"{room[:-1]} «{people.LETTERS[room[-1]]}»"


def _collective(name: str, form: str, title: str, members: list[str]) -> Story:
    return {
        "id": name,
        "title": "Ансамбль «Ветер»",
        "form": form,
        "leader": "Соловьёва Анна Марковна",
        "achievements": [
            {
                "id": f"{name}-osen",
                "title": title,
                "date": _ALBUM,
                "members": dict.fromkeys(members, "участник"),
                "scan": ["photo plain"],
                "entered_by": "solovyova",
                "entered_on": _ALBUM + dt.timedelta(days=3),
                "basis": "делали при мне",
            }
        ],
    }
