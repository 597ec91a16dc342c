"""Class lists -> diagnostics. Is every student in one class of this year?"""

from collections.abc import Iterator

from generator.check.inspection import Inspection
from generator.check.shapes import unknown_person, unknown_student
from generator.diagnostic import Diagnostic, Text, quote


def year_file_name(at: Inspection) -> Iterator[Diagnostic]:
    """A class list bears another year than its file.

    Что это значит: имя файла и «year» внутри говорят о разных учебных годах.
    Почему важно: класс показали бы не в том году.
    Не так: файл 2026-27.yml, внутри year: 2025-26
    А так: файл 2026-27.yml, внутри year: 2026-27
    """
    for years in at.school.years:
        name = years.file.rpartition("/")[2].removesuffix(".yml")
        if name != years.year:
            yield Diagnostic(
                years.place("year"),
                "year-file-name",
                Text(
                    f"внутри {quote(years.year)}, а файл назван {quote(name)}",
                    f"{quote(years.year)} inside, and the file is named {quote(name)}",
                ),
                Text("исправьте год или назовите файл заново", "mend the year, or rename the file"),
            )


def year_without_classes(at: Inspection) -> Iterator[Diagnostic]:
    """There is no class list for this school year.

    Что это значит: новый учебный год начался, а файла с его классами нет.
    Почему важно: показываются ученики классов этого года; без списка не будет никого.
    Не так: в school/classes только 2025-26.yml, а на дворе октябрь 2026 года
    А так: есть school/classes/2026-27.yml
    """
    file = f"school/classes/{at.year}.yml"
    if at.was_read(file) and all(years.year != at.year for years in at.school.years):
        yield Diagnostic(
            at.school.settings.place(),
            "year-without-classes",
            Text(f"нет списка классов на {at.year} год", f"there is no class list for {at.year}"),
            Text(f"добавьте {file}", f"add {file}"),
        )


def class_twice(at: Inspection) -> Iterator[Diagnostic]:
    """Two classes of one year bear the same id.

    Что это значит: один id у двух классов.
    Почему важно: семьи одного класса увидели бы другой.
    Не так: id: 4a дважды
    А так: id: 4a и id: 4b
    """
    for years in at.school.years:
        ids = [room.id for room in years.classes]
        for index, one in enumerate(ids):
            if one in ids[:index]:
                yield Diagnostic(
                    years.place("classes", index, "id"),
                    "class-twice",
                    Text(f"класс {quote(one)} уже есть выше", f"the class {quote(one)} is above"),
                    Text("дайте классу другой id", "give the class another id"),
                )


def class_teacher_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A class names a teacher who is not among the staff.

    Что это значит: такого id нет в school/people.yml.
    Почему важно: класс остался бы без того, кто подтверждает записи (R-060).
    Не так: teacher: orlov
    А так: teacher: orlova
    """
    for years in at.school.years:
        for index, room in enumerate(years.classes):
            place = years.place("classes", index, "teacher")
            yield from unknown_person(at, place, room.teacher, "class-teacher-unknown")


def class_student_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A class names a student of whom there is no record.

    Что это значит: папки records/<ученик> с таким именем нет.
    Почему важно: этот ученик не будет показан. Из прежних лет убирают и тех, чьи данные стёрты.
    Не так: students: [belova-ana]
    А так: students: [belova-anna]
    """
    for years in at.school.years:
        for number, room in enumerate(years.classes):
            for index, student in enumerate(room.students):
                place = years.place("classes", number, "students", index)
                yield from unknown_student(at, place, student, "class-student-unknown")


def student_in_no_class(at: Inspection) -> Iterator[Diagnostic]:
    """A student is in no class this year.

    Что это значит: ученика нет ни в одном классе этого года, и не сказано, что он ушёл. Кто впервые
    стоит в классе следующего года, тот ещё только придёт.
    Почему важно: ступень и читатели зависят от класса; такого ученика не покажут (R-002).
    Не так: ученик перешёл в другую школу, а «left» в student.yml пуст
    А так: left: 2026-08-31
    """
    if all(years.year != at.year for years in at.school.years):
        return
    for student in at.asked:
        gone = student.record.left is not None and student.record.left <= at.today
        coming = min(at.school.grades.get(student.id, ()), default="") > at.year
        if not (gone or coming) and at.year not in at.school.grades.get(student.id, ()):
            yield Diagnostic(
                student.record.place(),
                "student-in-no-class",
                Text(
                    f"ученика нет ни в одном классе {at.year} года",
                    f"the student is in no class of {at.year}",
                ),
                Text(
                    "добавьте в список класса, а если ученик ушёл, заполните «left»",
                    'add the student to a class, or fill "left" if the student has gone',
                ),
            )


def student_in_two_classes(at: Inspection) -> Iterator[Diagnostic]:
    """A student is in two classes of one year.

    Что это значит: ученик стоит в двух списках одного года или дважды в одном.
    Почему важно: его увидели бы два класса, а семья выбирала один.
    Не так: belova-anna и в 4a, и в 4b
    А так: belova-anna только в 4a
    """
    for years in at.school.years:
        seen: dict[str, str] = {}
        for number, room in enumerate(years.classes):
            for index, student in enumerate(room.students):
                first = seen.get(student)
                seen.setdefault(student, room.title)
                if first is not None:
                    yield Diagnostic(
                        years.place("classes", number, "students", index),
                        "student-in-two-classes",
                        Text(
                            f"ученик {quote(student)} уже стоит в классе {quote(first)}",
                            f"the student {quote(student)} already is in {quote(first)}",
                        ),
                        Text("оставьте в одном классе", "keep the student in one class"),
                    )
