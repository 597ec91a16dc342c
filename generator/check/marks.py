"""Words people wrote themselves -> diagnostics. Is there something that must not stand here?"""

import re
from collections.abc import Iterator

from generator.check.inspection import Inspection
from generator.diagnostic import Diagnostic, Key, Text
from generator.model.kinds import Contest, Entry, External, Study
from generator.model.record import FileRecord, Record

# Few false alarms matter more than many finds: each pattern asks for the shape and a sign of it.
_PAPERS: tuple[tuple[re.Pattern[str], Text], ...] = (
    (re.compile(r"(?<!\d)\d{3}-\d{3}-\d{3}[ -]\d{2}(?!\d)"), Text("номер СНИЛС", "a SNILS number")),
    (
        re.compile(r"паспорт\w*\D{0,25}\d{2} ?\d{2} ?(?:№ ?)?\d{6}(?!\d)", re.IGNORECASE),
        Text("номер паспорта", "a passport number"),
    ),
    (
        re.compile(r"(?<![A-Z])[IVXLC]{1,5}-[А-Я]{2} ?(?:№ ?)?\d{6}(?!\d)"),
        Text("номер свидетельства о рождении", "a birth certificate number"),
    ),
    (
        re.compile(r"полис\w*\D{0,25}(?:\d{4} ?){4}(?!\d)", re.IGNORECASE),
        Text("номер медицинского полиса", "a medical insurance number"),
    ),
    (
        re.compile(
            r"(?<![\d+])(?:\+7|8)[ -]?\(?[3489]\d{2}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}(?!\d)"
        ),
        Text("номер телефона", "a phone number"),
    ),
    (
        re.compile(
            r"\b(?:ул|улица|пр-т|просп|проспект|пер|переулок|бульвар|шоссе)\b\.? ?[А-ЯЁ]"
            r"[^\n]{1,40}?\bд(?:ом)?\b\.? ?\d+[^\n]{0,12}?\bкв(?:артира)?\b\.? ?\d+"
        ),
        Text("домашний адрес", "a home address"),
    ),
)


_DIGITS = re.compile(r"[0-9][^a-z]*[0-9]")
"""Every pattern needs two digits; ids have Latin letters between theirs."""

_MARK = re.compile(
    r"\b(?:оценк|отметк|балл)[а-яё]*\W{0,4}[2-5](?!\d|\W{0,2}(?:класс|четв|трим|полуг))"
    r"|(?<![\d.,])\d{1,3}(?:[.,]\d+)? (?:[а-яё]+ )?балл"
    r"|\b(?:на|верно|правильно|выполнен\w*) \d{1,3}(?:[.,]\d+)? ?(?:%|процент)"
    r"|\bна \W?(?:отлично|удовлетворительно|(?:пят[её]рк|четв[её]рк|тройк|двойк)[уи])\b"
    r"|\bна \W?хорошо(?=\W*$|\W*[.,;!?»)]| и )"
    r"|\b(?:пят[её]рк|четв[её]рк|тройк|двойк)[аиуо]\w{0,2} (?:по|за)\b"
    r"|\b(?:ЕГЭ|ОГЭ|ГВЭ|ВПР)[ :—–-]{1,4}\d{1,3}(?=\W*$|\s*[.,;!?)])",
    re.IGNORECASE,
)
"""Shapes of marks in words and digits; numbers of classes, tasks and years are none."""


def mark_in_entry(at: Inspection) -> Iterator[Diagnostic]:
    """A mark, a percentage or exam points are written into an entry.

    Что это значит: в названии или итоге учебной записи, записи из другой организации или в
    «standing» конкурса, похоже, стоит отметка, процент или баллы.
    Почему важно: отметки хранит только results.yml, и видит их только семья; портфолио говорит
    словами и ничего не считает (002 §1, 003 §3.4, 004 §1.5, R-081).
    Если запись видит не только семья, это ошибка: отметку увидели бы чужие.
    Не так: outcome: сдала на «отлично», 98 баллов
    А так: outcome: теперь решаю задачи на движение сама и могу объяснить их другому
    """
    for _, entry in at.entries:
        for key, text in _where_marks_slip_in(entry):
            if _MARK.search(text):
                unseen = entry.draft or entry.visibility == "family" or key == "standing"
                yield Diagnostic(
                    entry.place(key),
                    "mark-in-entry",
                    Text("здесь, похоже, отметка или баллы", "this looks like a mark or points"),
                    Text("оставьте место или степень, без баллов", "keep the place, not the points")
                    if key == "standing"
                    else Text(
                        "скажите словами, чему удалось научиться; отметки вносит школа",
                        "say in words what was learned; marks are entered by the school",
                    ),
                    "warning" if unseen else "error",
                )


def personal_paper(at: Inspection) -> Iterator[Diagnostic]:
    """A text holds a number or an address that does not belong in a portfolio.

    Что это значит: похоже на СНИЛС, паспорт, свидетельство о рождении, полис, телефон или
    домашний адрес. Само значение здесь не повторяется.
    Почему важно: портфолио и личное дело держат отдельно (000 §1.3, 001 §1.3, R-023).
    Не так: «пишите маме:» и номер телефона
    А так: «пишите через классного руководителя»
    """
    for student in at.school.students:
        records: tuple[FileRecord, ...] = (student.portfolio, student.reviews, *student.entries)
        for record in records:
            for keys, text in _with_digits(record, ()):
                for pattern, what in _PAPERS:
                    if pattern.search(text):
                        yield Diagnostic(
                            record.place(*keys),
                            "personal-paper",
                            Text(f"здесь, похоже, {what.ru}", f"this looks like {what.en}"),
                            Text(
                                "удалите: портфолио видят другие люди",
                                "delete it: other people see a portfolio",
                            ),
                        )


def _where_marks_slip_in(entry: Entry) -> Iterator[tuple[str, str]]:
    """Keys and texts in which people write marks."""
    if isinstance(entry, Study | External):
        yield "title", entry.title
    if isinstance(entry, Study) and entry.outcome:
        yield "outcome", entry.outcome
    if isinstance(entry, Contest) and entry.standing:
        yield "standing", entry.standing


def _with_digits(record: Record, keys: Key) -> Iterator[tuple[Key, str]]:
    """Every text in a record that has two digits, with its keys."""
    for name, value in vars(record).items():
        if not value:
            continue
        if type(value) is str:
            if _DIGITS.search(value):
                yield (*keys, name), value
        elif type(value) is tuple:
            for index, item in enumerate(value):
                if isinstance(item, Record):
                    yield from _with_digits(item, (*keys, name, index))
                elif type(item) is str and _DIGITS.search(item):
                    yield (*keys, name, index), item
        elif isinstance(value, Record):
            yield from _with_digits(value, (*keys, name))
