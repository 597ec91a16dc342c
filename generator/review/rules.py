"""A change -> what a teacher should know of it. Which rule does it touch, and how grave is that?

One small function for a group of rules; what each code means stands in `pages.py`.
"""

from collections.abc import Iterator, Mapping

from generator.diagnostic import Diagnostic, Place, Severity, Text, quote
from generator.model.kinds import Entry
from generator.model.policy import LADDER
from generator.model.record import FileRecord
from generator.model.reviewed import Card
from generator.model.school import year_of
from generator.model.state import may_confirm
from generator.model.student import Student
from generator.review.sides import Pair, alike

_LOOK = Text("посмотрите и решите", "look, and decide")
_ASK = Text("спросите, зачем это понадобилось", "ask what it was for")
_AGAIN = Text(
    "сверьте заново и подтвердите ещё раз или верните, как было",
    "compare anew and confirm once more, or put it back as it was",
)
_YEAR = Text("сверьте год с бумагой", "compare the year with the paper")
_NOTHING = Text("делать ничего не надо", "nothing has to be done")
_LEVELS: Mapping[str, Severity] = {
    "confirmed-entry-removed": "error",
    "confirmed-entry-changed": "error",
    "entry-removed": "warning",
    "entry-alike": "warning",
    "day-of-another-year": "warning",
    "visibility-widened": "warning",
    "student-removed": "warning",
    "name-changed": "warning",
    "consent-touched": "warning",
    "school-touched": "warning",
}
"""How grave a change is; all others are only told."""
_FILES: Mapping[str, Text] = {
    "record-touched": Text(
        "запись школы об ученике изменилась",
        "the school's record of the student changed",
    ),
    "consent-touched": Text(
        "согласия изменились: от них зависит, кто что видит",
        "consents changed: on them depends who sees what",
    ),
    "portfolio-touched": Text("страница ученика изменилась", "the student's page changed"),
    "reviews-touched": Text("отзывы изменились", "reviews changed"),
    "results-touched": Text("отметки изменились", "marks changed"),
}
_PARTS = {"consent": "consents"}
_RUNGS: Mapping[str, Text] = {
    "family": Text("семья", "family"),
    "class": Text("класс", "class"),
    "school": Text("школа", "school"),
    "public": Text("все", "everybody"),
}


def of_entry(
    pair: Pair, card: Card, student: Student, was: Entry | None, now: Entry | None
) -> Iterator[Diagnostic]:
    """All that is to be said of one entry that changed."""
    if now is None:
        assert was
        yield _removed(card, was)
        return
    title = quote(now.title)
    if was is None:
        yield _say("entry-added", now, Text(f"новая запись {title}", f"a new entry {title}"))
    elif card.was == "confirmed" and card.state != "confirmed":
        yield _fallen(card, now)
    elif card.what == "changed":
        said = _changed(card)
        yield _say("entry-changed", now, Text(f"изменено: {said.ru}", f"changed: {said.en}"))
    if was and was.file != now.file:
        words = Text("папку записи переименовали", "the entry's folder was renamed")
        yield _say("entry-moved", now, words)
    yield from _visibility(was, now)
    yield from _scans(card, now)
    yield from _risks(pair, student, was, now)


def of_records(old: Student | None, new: Student | None) -> Iterator[Diagnostic]:
    """What staff or the family wrote beside the entries."""
    if new is None or old is None:
        student = new or old
        assert student
        code, words = (
            ("student-added", Text("новый ученик", "a new student"))
            if new
            else ("student-removed", Text("ученика здесь больше нет", "the student is gone"))
        )
        yield _say(code, student.record, words)
        return
    if old.record.name != new.record.name:
        words = Text(
            "имя в записи школы изменилось: на прежних бумагах стоит прежнее",
            "the name in the school's record changed: earlier papers bear the earlier one",
        )
        yield _say("name-changed", new.record, words, "name")
    for code, words in _FILES.items():
        part = code.partition("-")[0]
        was, now = (getattr(one, _PARTS.get(part, part)) for one in (old, new))
        renamed = part == "record" and old.record.name != new.record.name
        if not alike(was, now) and not renamed:
            yield _say(code, now, words)


def of_decisions(pair: Pair, old: Student | None, new: Student | None) -> Iterator[Diagnostic]:
    """Confirmations that came, went, or say something else than before."""
    before = old.confirmations.confirmations if old else ()
    if new is None or new.confirmations.file in pair.after.unread:
        return
    sheet, after = new.confirmations, new.confirmations.confirmations
    for index, one in enumerate(after):
        if one in before:
            continue
        counts = may_confirm(pair.after, new, one)
        code = "decision-added" if index >= len(before) else "decision-changed"
        told = Text(f"решение о записи {quote(one.entry)} от имени {quote(one.by)}",
                f"a decision about {quote(one.entry)} in the name of {quote(one.by)}")  # fmt: skip
        weight: Severity = "warning" if counts and code == "decision-added" else "error"
        yield Diagnostic(sheet.place("confirmations", index), code, told, _ASK, weight)
    gone = [one for one in before if one not in after]
    if gone and len(after) < len(before):
        names = ", ".join(quote(one.entry) for one in gone)
        told = Text(f"решения убраны: {names}", f"decisions are gone: {names}")
        yield Diagnostic(sheet.place(), "decision-removed", told, _ASK)


def of_school(pair: Pair) -> Iterator[Diagnostic]:
    """Files of the school that concern everybody."""
    old, new = pair.before, pair.after
    touched: list[FileRecord] = []
    if not alike(old.settings, new.settings):
        touched.append(new.settings)
    touched += [a for a, b in (
        (new.staff, old.staff), (new.events, old.events),
        (new.collectives, old.collectives), (new.access, old.access),
    ) if not alike(a, b)]  # fmt: skip
    before = {one.year: one for one in old.years}
    touched += [one for one in new.years if before.get(one.year) != one]
    for record in touched:
        words = Text("файл школы изменился: он касается всех", "a file of the school changed")
        yield _say("school-touched", record, words)


def _removed(card: Card, was: Entry) -> Diagnostic:
    title = quote(was.title)
    if card.was == "confirmed":
        words = Text(f"убрана подтверждённая запись {title}", f"a confirmed entry is gone: {title}")
        return _say("confirmed-entry-removed", was, words, fix=_ASK)
    return _say("entry-removed", was, Text(f"убрана запись {title}", f"the entry is gone: {title}"))


def _fallen(card: Card, now: Entry) -> Diagnostic:
    said = _changed(card)
    words = Text(
        f"подтверждение спадёт, изменено: {said.ru}",
        f"the confirmation will fall; changed: {said.en}",
    )
    return _say("confirmed-entry-changed", now, words, fix=_AGAIN)


def _changed(card: Card) -> Text:
    """What is not as it was, in our words only."""
    lines = [line.label for line in card.lines if line.is_changed]
    scans = any(scan.fate != "same" for scan in card.scans)
    told = [*lines, *([Text("сканы", "scans")] if scans or not lines else [])]
    return Text(", ".join(t.ru.lower() for t in told), ", ".join(t.en.lower() for t in told))


def _visibility(was: Entry | None, now: Entry) -> Iterator[Diagnostic]:
    old = LADDER.index(was.visibility if was and not was.draft else "family")
    new = LADDER.index(now.visibility if not now.draft else "family")
    if was is None or old == new:
        return
    told = Text(f"видят: раньше {_RUNGS[LADDER[old]].ru}, теперь {_RUNGS[LADDER[new]].ru}",
            f"seen by: {_RUNGS[LADDER[old]].en} before, {_RUNGS[LADDER[new]].en} now")  # fmt: skip
    code = "visibility-widened" if new > old else "visibility-narrowed"
    yield _say(code, now, told, "visibility")


def _scans(card: Card, now: Entry) -> Iterator[Diagnostic]:
    """Scans that came, went or are others; of a new entry they are told with it."""
    places = {scan.file: index for index, scan in enumerate(now.scans)}
    words = {
        "added": Text("добавлен скан", "a scan was added"),
        "replaced": Text("скан заменён", "a scan was replaced"),
        "removed": Text("скан убран", "a scan was removed"),
    }
    for scan in card.scans if card.what != "added" else ():
        if scan.fate == "same":
            continue
        said, file = words[scan.fate], quote(scan.file)
        weight: Severity = "error" if card.was == "confirmed" else "warning"
        keys = ("scans", places[scan.file], "file") if scan.file in places else ("scans",)
        yield Diagnostic(
            now.place(*keys),
            f"scan-{scan.fate}",
            Text(f"{said.ru} {file}", f"{said.en} {file}"),
            _LOOK,
            "note" if scan.fate == "added" else weight,
        )


def _risks(pair: Pair, student: Student, was: Entry | None, now: Entry) -> Iterator[Diagnostic]:
    """What deserves a second look, though nothing of it need be wrong."""
    if now.day and (was is None or was.day != now.day) and year_of(now.day) != year_of(pair.today):
        told = Text("день не этого учебного года", "the day is not of this school year")
        yield _say("day-of-another-year", now, told, "date", fix=_YEAR)
    for other in student.entries:
        if other.id != now.id and was is None and _is_like(other, now):
            told = Text(f"похоже на запись {quote(other.id)}", f"it is like {quote(other.id)}")
            yield _say("entry-alike", now, told, "title")
            return


def _is_like(one: Entry, other: Entry) -> bool:
    if one.kind != other.kind:
        return False
    same_event = one.event is not None and one.event == other.event
    titled = _bare(one.title) == _bare(other.title) and one.day == other.day
    return same_event or titled


def _bare(title: str) -> str:
    return "".join(sign for sign in title.casefold() if sign.isalnum())


def _say(
    code: str,
    record: FileRecord,
    words: Text,
    key: str = "",
    fix: Text | None = None,
) -> Diagnostic:
    severity = _LEVELS.get(code, "note")
    place = record.place(key) if key else Place(record.file)
    advice = fix or (_NOTHING if severity == "note" else _LOOK)
    return Diagnostic(place, code, words, advice, severity)
