"""Files in sight -> a small school on disk. What is the least that is whole?"""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

TODAY = dt.date(2026, 11, 22)
SCHEMA = Path(__file__).parent.parent / "schema"

BASE: Mapping[str, str] = {
    "school/school.yml": """\
        site: 00c0ffee00c0ffee
        name: Школа № 7
        short_name: Школа № 7
        regulation:
          title: Положение о портфолио
          council: {number: "3", date: 2026-08-28}
          order: {number: 41-о, date: 2026-08-31}
        """,
    "school/people.yml": """\
        people:
          - id: orlova
            name: Орлова Мария Ивановна
            roles: [class-teacher]
            orders: [{number: 42-о, date: 2026-09-01}]
        """,
    "school/classes/2026-27.yml": """\
        year: 2026-27
        classes:
          - id: 4a
            title: 4 «А»
            grade: 4
            teacher: orlova
            students: [belova-anna]
        """,
    "records/belova-anna/student.yml": """\
        name: {surname: Белова, given: Анна}
        born: 2016-05-01
        """,
    "records/belova-anna/consent.yml": """\
        consents:
          - id: first
            purpose: processing
            audience: school
            covers: [surname, photos, papers, works, words, reviews]
            given_by: {name: Белова Ольга Петровна, relation: mother}
            signed: 2026-09-01
            until: 2027-08-31
            document: папка 4А, лист 1
        """,
}
"""One class 4a, one student, one teacher named by an order, a consent up to `school`, no entry."""


def world(root: Path, files: Mapping[str, str | bytes | None] | None = None) -> Path:
    """The folder `root` with the smallest whole school; `files` replaces, adds, or (None) removes.

    Text is dedented, so that it may be indented as the test that holds it.
    """
    for name, content in {**BASE, **(files or {})}.items():
        if content is None:
            continue
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else dedent(content).encode())
    return root
