"""A class that fills three sheets of cards, with the longest words that a school may write."""

from pathlib import Path
from textwrap import dedent

from generator.flow.job import Job
from tests.sample import unbuilt
from tests.world import BASE, world

CHILDREN = [f"ivanov-{letter}" for letter in "abcdefghijklmno"]
LONG = "Константинопольская-Верхнеозёрская"
EVENT = "родительское собрание и праздник последнего звонка начальной школы «До свидания, 4 класс!»"
ADDRESS = "https://portfolio.srednyaya-shkola-12.verkhneozyorsk.example/"
STUDENT = "name: {{surname: {surname}, given: {given}}}\nborn: 2016-03-02\n"
HOUSES = "households: [{id: mama, title: Мама и бабушка}, {id: papa, title: Папа}]\n"
STAFF = """\
  - id: lebedev
    name: Лебедев Пётр Ильич
    roles: [head]
    levels: [primary, basic]
    orders: [{number: 1-о, date: 2025-08-28}, {number: 7-о, date: 2026-08-28}]
  - id: former
    name: Прежняя Ольга Юрьевна
    roles: [deputy-head]
    levels: [primary]
    orders: [{number: 9-о, date: 2025-08-28, until: 2026-08-31}]
"""
OPENED = f"""\
opened:
  - {{name: 'class:2026-27:4a', until: 2027-05-28, reason: '{EVENT}'}}
  - {{name: 'level:primary', until: 2026-12-25, reason: ёлка}}
  - {{name: 'level:basic', until: 2026-11-21, reason: прошедший вечер}}
"""


def hall(folder: Path) -> Job:
    """The school on disk with its key: class 4a of 16 children, one of whom has two homes."""
    consent = BASE["records/belova-anna/consent.yml"]
    files: dict[str, str | bytes | None] = {
        "school/school.yml": dedent(BASE["school/school.yml"])
        + f"hosting: {{primary: {ADDRESS}primary/}}\n",
        "school/people.yml": dedent(BASE["school/people.yml"]) + STAFF,
        "school/classes/2026-27.yml": BASE["school/classes/2026-27.yml"].replace(
            "[belova-anna]", f"[belova-anna, {', '.join(CHILDREN)}]"
        ),
        "school/access.yml": OPENED,
        "students/belova-anna/portfolio.yml": "about: {motto: Рисую, visibility: class}\n",
        "records/belova-anna/student.yml": HOUSES
        + STUDENT.format(surname=LONG, given="Анна-Екатерина"),
    }
    for child in CHILDREN:
        files[f"records/{child}/student.yml"] = STUDENT.format(surname="Иванов", given="Пётр")
        files[f"records/{child}/consent.yml"] = consent
    return unbuilt(folder, world(folder / "hall", files))
