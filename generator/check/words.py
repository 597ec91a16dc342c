"""Words people chose or wrote -> diagnostics. Are they ours, and may they stand here?"""

import re
from collections.abc import Iterator

from generator.check.inspection import Inspection
from generator.diagnostic import Diagnostic, Key, Text, quote
from generator.model.record import FileRecord, Record
from generator.model.school import VOCABULARY_OF
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


def word_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A word is not in its vocabulary.

    Что это значит: здесь можно выбрать только слово из списка; все списки лежат в
    schema/vocabulary.
    Почему важно: по этим словам записи находят, переводят и считают (R-012, R-015).
    Не так: result: 1 место
    А так: result: winner
    """
    for record, name, keys in _chosen(at):
        for inner, code in _words_at(record, keys):
            vocabulary = at.school.vocabularies.get(name)
            terms = vocabulary.terms if vocabulary else ()
            if any(term.code == code for term in terms):
                continue
            yield Diagnostic(
                record.place(*inner),
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


def _chosen(at: Inspection) -> Iterator[tuple[FileRecord, str, Key]]:
    """Every place where a word of a vocabulary may stand: file, vocabulary, keys with `*`."""
    for _, entry in at.entries:
        for path, name in VOCABULARY_OF.items():
            first, _, rest = path.partition(".")
            if first == entry.kind and hasattr(entry, rest):
                yield entry, name, (rest,)
            elif path == "scans.document":
                yield entry, name, ("scans", "*", "document")
            elif path == "tags":
                yield entry, name, ("tags", "*")
            elif not rest:
                yield entry, name, (first,)
    for field in ("stage", "form"):
        yield at.school.events, VOCABULARY_OF[f"event.{field}"], ("events", "*", field)
    for student in at.school.students:
        yield student.reviews, VOCABULARY_OF["review.kind"], ("reviews", "*", "kind")


def _words_at(record: FileRecord, keys: Key) -> Iterator[tuple[Key, str]]:
    found: list[tuple[Key, object]] = [((), record)]
    for key in keys:
        if key == "*":
            found = [
                ((*path, i), item)
                for path, value in found
                if isinstance(value, tuple)
                for i, item in enumerate(value)
            ]
        else:
            found = [((*path, key), getattr(value, str(key))) for path, value in found]
    return ((path, value) for path, value in found if isinstance(value, str))


def _texts(value: object, keys: Key) -> Iterator[tuple[Key, str]]:
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, Record):
        for name, inner in value:
            yield from _texts(inner, (*keys, name))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*keys, index))
