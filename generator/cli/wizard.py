"""Questions about one entry -> what was said. What was it, who did it, and when?"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.cli.ask import Asker
from generator.diagnostic import Text, quote
from generator.trouble import Trouble

if TYPE_CHECKING:
    import datetime as dt

    from generator.curate.entry import NewScan, Story
    from generator.curate.hints import Hints
    from generator.curate.questions import Question
    from generator.flow.adding import Taken
    from generator.flow.roster import Desk
    from generator.model.label import Labels
    from generator.model.school import Event
    from generator.model.student import Student

_WHO = Text("Кто это (фамилия или её начало)", "Who (surname, or how it begins)")
_WHICH = Text("Кто из них?", "Which of them?")
_KIND = Text("Что это?", "What is it?")
_TITLE = Text("Название или событие", "Title or event")
_EVENT = Text("Это событие из списка школы?", "Is it one of the school's events?")
_NO_EVENT = "нет, просто название / no, a title of its own"
_DATE = Text("День (14.10.2026)", "Day (14.10.2026)")
_DESCRIPTION = Text("Что видно на скане, словами", "What can be seen, in words")


@dataclass(frozen=True)
class Wizard:
    """Whoever asks about one entry: of which school, and what was answered beforehand."""

    desk: "Desk"
    labels: "Labels"
    asker: Asker
    given: Mapping[str, str]
    hints: "Hints"
    """What was read off the scans; only ever proposed."""

    def story(self, scans: "Sequence[Taken]") -> "Story":
        """What there is to know, asked in the order in which a paper tells it."""
        from generator.curate.entry import Story
        from generator.curate.questions import kind_choices, kind_of

        student = self.student()
        event, title = self._title()
        kinds = kind_choices(self.desk.school)
        kind = self.given.get("kind") or self.asker.choice(
            _KIND, kinds, default=kind_of(event), option="--kind"
        )
        if kind not in dict(kinds):
            raise unknown("--kind", kind, ", ".join(code for code, _ in kinds))
        day = self._day(event)
        fields = self._fields(kind, event)
        told = self._told(scans, kind, title, fields.get("result", ""))
        return Story(student.id, kind, title, day, event.id if event else "", fields, told)

    def student(self) -> "Student":
        """Whom it is about."""
        from generator.curate.entry import find_students

        here = [one for one in self.desk.school.students if one.record.left is None]
        given = self.given.get("student", "")
        found = find_students(here, given) if given else self.asker.line(
            _WHO, lambda typed: find_students(here, typed) or None, option="--student",
            default=self.hints.student,
        )  # fmt: skip
        if not found:
            raise unknown("--student", given, "")
        if len(found) == 1:
            return found[0]
        choices = [(one.id, self._named(one)) for one in found]
        meant = self.asker.choice(_WHICH, choices, option="--student")
        return next(one for one in found if one.id == meant)

    def _named(self, student: "Student") -> str:
        name, rooms = student.record.name, self.desk.rooms
        whole = " ".join(part for part in (name.surname, name.given, name.patronymic) if part)
        return ", ".join((whole, *([rooms[student.id].title] if student.id in rooms else [])))

    def _title(self) -> "tuple[Event | None, str]":
        from generator.curate.questions import near_events

        school, given = self.desk.school, self.given.get("event", "")
        if given:
            if (known := school.events.event(given)) is None:
                raise unknown("--event", given, "events.yml")
            return known, self.given.get("title") or known.title
        if title := self.given.get("title"):
            return None, title
        proposed = self.hints.event.title if self.hints.event else ""
        typed = self.asker.line(_TITLE, _line, option="--title", default=proposed)
        near = near_events(school, typed)
        if not near:
            return None, typed
        choices = [(one.id, f"{one.title}, {one.date:%d.%m.%Y}") for one in near]
        meant = self.asker.choice(_EVENT, [*choices, ("", _NO_EVENT)], default=near[0].id)
        event = school.events.event(meant)
        return event, event.title if event else typed

    def _day(self, event: "Event | None") -> "dt.date":
        from generator.curate.names import day_in

        if given := self.given.get("on"):
            if (day := day_in(given)) is None:
                raise unknown("--on", given, "14.10.2026")
            return day
        if event:
            return event.date
        today = self.desk.today
        return self.asker.line(
            _DATE,
            lambda typed: day if (day := day_in(typed)) and day <= today else None,
            option="--on",
            default=f"{self.hints.date:%d.%m.%Y}" if self.hints.date else "",
        )

    def _fields(self, kind: str, event: "Event | None") -> dict[str, str]:
        from generator.curate.questions import questions_of

        questions = questions_of(kind, self.desk.school, self.labels, event)
        known = {question.key for question in questions}
        for key in self.given:
            if key.startswith("set.") and key[4:] not in known:
                raise unknown("--set", key[4:], ", ".join(sorted(known)))
        read = self.hints.result
        proposed = [replace(q, default=read) if q.key == "result" else q for q in questions]
        return self.answers(proposed)

    def answers(self, questions: "Sequence[Question]") -> dict[str, str]:
        """Key -> answer of every question."""
        return {
            one.key: self._answer(
                one, self.given.get(f"set.{one.key}", one.told or None), f"--set {one.key}=…"
            )
            for one in questions
        }

    def _answer(self, question: "Question", given: str | None, option: str) -> str:
        from generator.curate.questions import understood

        def read(typed: str) -> str | None:
            return understood(question, typed)

        if given is not None:
            if (found := read(given)) is None:
                raise unknown(option, given, ", ".join(code for code, _ in question.choices))
            return found
        if question.answer == "word":
            return self.asker.word(question, read, option)
        hint = None if question.is_needed else Text("Enter — пропустить", "Enter: skip")
        return self.asker.line(question.label, read, hint=hint, option=option)

    def _told(
        self, scans: "Sequence[Taken]", kind: str, title: str, result: str
    ) -> "tuple[NewScan, ...]":
        from generator.curate.questions import paper_question

        told, school = [], self.desk.school
        document = description = ""
        for page, scan in enumerate(scans, 1):
            if page == 1:
                question = paper_question(school, kind, result, self.hints.document)
                document = self._answer(question, self.given.get("document"), "--document")
                term = school.vocabularies["documents"].term(document)
                said = f"{term.ru.capitalize() if term else document} — {title}"[:280]
                description = self.given.get("description") or self.asker.line(
                    _DESCRIPTION, _line, default=said, option="--description"
                )
            more = f", страница {page}" if page > 1 else ""
            told.append(scan.told(document, f"{description[:280]}{more}"))
        return tuple(told)


def pairs_of(words: Sequence[str]) -> dict[str, str]:
    """Answers that a command brought: `result=winner`."""
    given = {}
    for pair in words:
        key, equals, answer = pair.partition("=")
        if not equals:
            raise unknown("--set", pair, "result=winner")
        given[f"set.{key}"] = answer
    return given


def plain_answers(given: Mapping[str, str]) -> dict[str, str]:
    """Answers that a command brought, composed; Trouble about one that no file may hold."""
    for key, answer in given.items():
        if not answer.isprintable():
            raise unknown(f"--{key.removeprefix('set.')}", answer, "обычные буквы и знаки")
    return {key: unicodedata.normalize("NFC", answer) for key, answer in given.items()}


def unknown(option: str, given: str, known: str) -> Trouble:
    """That an option means nothing; `known` is what would fit."""
    return Trouble(
        Text(f"{option}: не понимаю {quote(given)}", f"{option}: {quote(given)} means nothing"),
        Text(f"подойдёт: {known}", f"what fits: {known}")
        if known
        else Text("назовите папку или фамилию ученика", "name the student's folder or surname"),
    )


def _line(typed: str) -> str | None:
    return typed if 0 < len(typed) <= 300 else None
