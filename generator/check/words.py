"""Words people chose or wrote -> diagnostics. Are they ours, and may they stand here?"""

import re
from collections.abc import Iterator

from generator.check.inspection import Inspection
from generator.diagnostic import Diagnostic, Key, Text, quote
from generator.model.record import FileRecord, Record
from generator.model.vocabulary import chosen
from generator.say import choose

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


_DIGITS = re.compile(r"\d[^a-z]*\d")
"""Every pattern needs two digits; ids have Latin letters between theirs."""


def word_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A word is not in its vocabulary.

    Что это значит: здесь можно выбрать только слово из списка; все списки лежат в
    schema/vocabulary.
    Почему важно: по этим словам записи находят, переводят и считают (R-012, R-015).
    Не так: result: 1 место
    А так: result: winner
    """
    for record in at.records:
        lists = chosen(type(record))
        for keys, code in _texts(record, ()) if lists else ():
            name = lists.get(".".join(key for key in keys if isinstance(key, str)), "")
            if not name or code in at.codes.get(name, ()):
                continue
            vocabulary = at.school.vocabularies.get(name)
            terms = vocabulary.terms if vocabulary else ()
            yield Diagnostic(
                record.place(*keys),
                "word-unknown",
                Text(
                    f"слова {quote(code)} нет в списке {name}",
                    f"the word {quote(code)} is not in the list {name}",
                ),
                choose(code, [(term.code, Text(term.ru, term.en)) for term in terms]),
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
            for keys, text in _texts(record, ()):
                for pattern, what in _PAPERS if _DIGITS.search(text) else ():
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


def _texts(record: Record, keys: Key) -> Iterator[tuple[Key, str]]:
    """Every text in a record, with its keys."""
    for name, value in vars(record).items():
        if type(value) is str:
            yield (*keys, name), value
        elif isinstance(value, Record):
            yield from _texts(value, (*keys, name))
        elif type(value) is tuple:
            for index, item in enumerate(value):
                if type(item) is str:
                    yield (*keys, name, index), item
                elif isinstance(item, Record):
                    yield from _texts(item, (*keys, name, index))
