"""The student's own words by school year -> diagnostics. Is it the right year, the right age?"""

from collections.abc import Iterator, Sequence

from generator.check.inspection import Inspection
from generator.check.shapes import named_twice
from generator.diagnostic import Diagnostic, Place, Text, quote
from generator.model.portfolio import Goal, Interest, SelfAssessment, YearReflection
from generator.model.school import level_of
from generator.model.student import Student

_OfYear = Goal | Interest | SelfAssessment | YearReflection


def goal_term_over(at: Inspection) -> Iterator[Diagnostic]:
    """The term of a goal has passed, and it is still planned or going.

    Что это значит: день «term» прошёл, а state остался planned или going.
    Почему важно: цель не ругает: её можно отметить достигнутой, изменить или дать ей новый срок
    (003 §2.2, R-035).
    Не так: term: 2026-05-31, state: going, а на дворе ноябрь
    А так: state: reached и несколько слов в outcome
    """
    for student in at.asked:
        for number, goal in enumerate(student.portfolio.goals):
            if goal.term and goal.term < at.today and goal.state in ("planned", "going"):
                yield Diagnostic(
                    student.portfolio.place("goals", number, "term"),
                    "goal-term-over",
                    Text(
                        "этот день уже прошёл: как дела с целью?",
                        "this day has passed: how is the goal?",
                    ),
                    Text(
                        "если получилось, напишите «state: reached»; если планы другие, «changed» "
                        "или новый «term»",
                        'write "state: reached" if it worked out; if plans changed, "changed" '
                        'or a new "term"',
                    ),
                    "warning",
                )


def prompt_of_other_level(at: Inspection) -> Iterator[Diagnostic]:
    """A look back on a year answers a question that is meant for another age.

    Что это значит: в schema/vocabulary/prompts.yml этот вопрос стоит для других классов.
    Почему важно: для каждого возраста есть свои вопросы (003 §2.2, R-036). Ответ всё равно
    останется.
    Не так: prompt: essay у четвероклассника
    А так: prompt: joy
    """
    for student in at.asked:
        for number, reflection in enumerate(student.portfolio.reflections):
            grade = at.school.grades.get(student.id, {}).get(reflection.year)
            for index, answer in enumerate(reflection.answers if grade else ()):
                group = at.prompt_groups.get(answer.prompt)
                if group and grade and group.code != level_of(grade):
                    yield Diagnostic(
                        student.portfolio.place("reflections", number, "answers", index, "prompt"),
                        "prompt-of-other-level",
                        Text(
                            f"этот вопрос для другого возраста: {group.ru}",
                            f"this question is for another age: {group.en}",
                        ),
                        Text(
                            "ответ останется; а вопросы для своего класса есть в списке prompts",
                            "the answer stays; the list prompts has questions for this age",
                        ),
                        "warning",
                    )


def year_twice(at: Inspection) -> Iterator[Diagnostic]:
    """A portfolio looks back on one school year twice, or tells its interests twice.

    Что это значит: в reflections или в interests один «year» стоит дважды.
    Почему важно: на страницу года не встанут два рассказа; интересы по годам покажут, как они
    менялись, а здесь один год дважды (R-036, R-047).
    Не так: year: 2025-26 и ниже снова year: 2025-26
    А так: всё об одном годе вместе
    """
    fix = Text("соедините рассказы об одном годе в один", "put all about one year together")
    for student in at.asked:
        for key in ("reflections", "interests"):
            placed = ((p, one.year) for k, p, one in _by_year(student) if k == key)
            yield from named_twice(placed, "year-twice", fix)


def year_not_at_school(at: Inspection) -> Iterator[Diagnostic]:
    """A goal, interest or look back is of a year in which the student was in no class here.

    Что это значит: в том учебном году ученика нет ни в одном классе или год ещё не начался. Цель
    можно ставить и на будущий год.
    Почему важно: по году слова попадают на свою ступень (R-002, R-035, R-036, R-047).
    Не так: year: 2062-63
    А так: year: 2026-27
    """
    for student in at.asked:
        for key, place, one in _by_year(student):
            ahead = one.year > at.year
            if (ahead and key == "goals") or (not ahead and at.was_at_school(student, one.year)):
                continue
            year = quote(one.year)
            yield Diagnostic(
                place,
                "year-not-at-school",
                Text(
                    f"{year} учебный год ещё не начался",
                    f"the school year {year} has not begun",
                )
                if ahead
                else Text(
                    f"в {year} учебном году ученика не было в школе",
                    f"the student was not in the school in {year}",
                ),
                Text("проверьте год", "look at the year"),
                "warning",
            )


def _by_year(student: Student) -> Iterator[tuple[str, Place, _OfYear]]:
    """What a portfolio tells by school year: its key, the place of the year, the words."""
    portfolio = student.portfolio
    lists: dict[str, Sequence[_OfYear]] = {
        "interests": portfolio.interests,
        "goals": portfolio.goals,
        "reflections": portfolio.reflections,
        "self_assessments": portfolio.self_assessments,
    }
    for key, told in lists.items():
        for index, one in enumerate(told):
            yield key, portfolio.place(key, index, "year"), one
