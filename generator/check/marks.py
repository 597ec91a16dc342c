"""Titles and outcomes -> diagnostics. Are there marks in them, which stand in results.yml only?"""

import re
from collections.abc import Iterator

from generator.check.inspection import Inspection
from generator.diagnostic import Diagnostic, Text
from generator.model.kinds import Contest, Entry, External, Study

_MARK = re.compile(
    r"\b(?:оценк|отметк|балл)[а-яё]*\W{0,4}[2-5](?!\d|\W{0,2}(?:класс|четв|трим|полуг))"
    r"|(?<![\d.,])\d{1,3}(?:[.,]\d+)? (?:[а-яё]+ )?балл"
    r"|\b(?:на|верно|правильно|выполнен\w*) \d{1,3}(?:[.,]\d+)? ?(?:%|процент)"
    r"|\bна \W?(?:отлично|удовлетворительно|(?:пят[её]рк|четв[её]рк|тройк|двойк)[уи])\b"
    r"|\bна \W?хорошо(?=\W*$|\W*[.,;!?»)]| и )"
    r"|\b(?:пят[её]рк|четв[её]рк|тройк|двойк)[аиуо]\w{0,2} (?:по|за|с плюсом|с минусом)\b"
    r"|\bполучил[аи]? (?:одни )?\W?(?:пят[её]рк|четв[её]рк|тройк|двойк)[уи]\b"
    r"|\bполучил[аи]? \W?[2-5]\W?(?=\W*$|[.,;!?)]| за | по )"
    r"|\b(?:на|сдал[аи]? на) \W?(?:[2-5]|пять|четыре)\W?[+−]?(?=\W*$|[.,;!?)])"
    r"|\b(?:оценк|отметк)[а-яё]*\W{0,4}(?:отлично|хорошо|удовлетворительно)"
    r"|(?<![\d.,])[2-5][+−](?=\W|$)|(?<![\d.,])\d{2,3} ?б\.(?=\W|$)"
    r"|\b(?:отлични[кц]|хорошист)\w*\b"
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


def _where_marks_slip_in(entry: Entry) -> Iterator[tuple[str, str]]:
    """Keys and texts in which people write marks."""
    if isinstance(entry, Study | External):
        yield "title", entry.title
    if isinstance(entry, Study) and entry.outcome:
        yield "outcome", entry.outcome
    if isinstance(entry, Contest) and entry.standing:
        yield "standing", entry.standing
