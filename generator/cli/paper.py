"""Questions about one signed paper -> what it allows. What is ticked, by whom, and until when?"""

import argparse
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn, get_args

from generator.cli.ask import Asker
from generator.cli.tell import show
from generator.cli.wizard import Wizard, unknown
from generator.diagnostic import Text

if TYPE_CHECKING:
    from generator.curate.consents import Paper
    from generator.flow.roster import Desk
    from generator.model.label import Labels
    from generator.model.policy import Category, Consent, GivenBy, Visibility
    from generator.model.student import Student

_PAPER = Text("Какую бумагу внести?", "Which paper is it?")
_PAPERS = (
    ("processing", "на обработку: вести портфолио и показывать внутри школы"),
    ("distribution", "на распространение: показывать всем"),
)
_CIRCLE = Text("Кому в ней разрешено показывать?", "To whom does it allow to show it?")
_CIRCLES = (
    ("family", "никому, кроме семьи и тех, кто отвечает за портфолио"),
    ("class", "классу и семьям класса"),
    ("school", "классу и всей ступени школы"),
)
_TICKED = {
    "class": Text("Что отмечено для класса?", "What is ticked for the class?"),
    "school": Text("Что отмечено для всей ступени?", "What is ticked for the whole level?"),
    "public": Text("Что разрешено показывать всем?", "What may be shown to everybody?"),
}
_NUMBERS = Text(
    "номера через запятую; «всё»; Enter — ничего, только имя и названия",
    "numbers; «all»; Enter: nothing but a name and titles",
)
_BY = Text("Кто подписал (фамилия, имя, отчество)", "Who signed (full name)")
_WHO_SIGNED = Text("Кто подписал?", "Who signed?")
_OTHER = "другой / somebody else"
_RELATION = Text("Кем приходится ребёнку?", "Who is that to the child?")
_RELATIONS = (("mother", "мать"), ("father", "отец"), ("guardian", "опекун, попечитель"))
_SIGNED = Text("Когда подписано", "When it was signed")
_OWN = Text("Когда подписал сам ученик", "When the student signed")
_NOT_OWN = Text(
    "Enter — не подписал: тогда увидит только семья", "Enter: did not; then for the family only"
)
_UNTIL = Text("Действует по какой день", "The last day it is valid")
_WHERE = Text("Где лежит бумага (дело № 61, лист 2)", "Where the paper lies (file 61, sheet 2)")
_FIRST, _LAST = dt.date(2000, 1, 1), dt.date(2099, 12, 31)


@dataclass(frozen=True)
class PaperAsker:
    """Whoever asks about a paper, with all answers that the command brought."""

    desk: "Desk"
    labels: "Labels"
    asker: Asker
    given: argparse.Namespace

    def student(self) -> "Student":
        """Whose paper it is."""
        from generator.curate.hints import NO_HINTS

        said = {"student": self.given.student} if self.given.student else {}
        return Wizard(self.desk, self.labels, self.asker, said, NO_HINTS).student()

    def paper(self, student: "Student") -> "Paper":
        """All that the paper says, in the order in which it says it."""
        from generator.curate.consents import Paper, year_end

        allows = self._shown() if self.given.show else self._ticked()
        by, today = self._by(student), f"{self.desk.today:%d.%m.%Y}"
        signed = self.day(
            (self.given.signed, _SIGNED, "--signed"), (_FIRST, self.desk.today), today
        )
        own = self._own(student, signed) if {*allows} != {"family"} else None
        ends = f"{year_end(signed):%d.%m.%Y}"
        until = self.day((self.given.until, _UNTIL, "--until"), (signed, _LAST), ends)
        where = self.given.document or self.asker.line(_WHERE, _line, option="--document")
        if _line(where) is None:
            self.refuse("--document", where, "дело № 61, лист 2")
        return Paper(allows, by, signed, until, where, own)

    def told(self, consent: "Consent") -> str:
        """A consent in a line: to whom, what, by whom, until when."""
        from generator.model.policy import LADDER, Category

        whom = self.labels.choice(LADDER)[consent.audience]
        names = self.labels.choice(get_args(Category))
        what = ", ".join(names[one].partition(" — ")[0] for one in consent.covers)
        only = "только имя и названия" if consent.audience != "family" else ""
        shown = f"; {what or only}" if what or only else ""
        return f"{whom}{shown}; {consent.given_by.name}; по {consent.until:%d.%m.%Y}"

    def day(
        self, said: tuple[str, Text, str], bounds: tuple[dt.date, dt.date], default: str = ""
    ) -> dt.date:
        """A day within bounds, as it was said beforehand or is asked for."""
        from generator.curate.names import day_in

        given, question, option = said
        least, most = bounds

        def read(typed: str) -> dt.date | None:
            return found if (found := day_in(typed)) and least <= found <= most else None

        if not given:
            return self.asker.line(question, read, default=default, option=option)
        if (found := read(given)) is None:
            self.refuse(option, given, f"{least:%d.%m.%Y} – {most:%d.%m.%Y}")
        return found

    def refuse(self, option: str, given: str, known: str) -> NoReturn:
        """Trouble about an answer that means nothing."""
        raise unknown(option, given, known)

    def _shown(self) -> "dict[Visibility, tuple[Category, ...]]":
        from generator.curate.consents import circle_in, covers_in

        found: dict[Visibility, tuple[Category, ...]] = {}
        for pair in self.given.show:
            whom, _, what = pair.partition("=")
            circle = circle_in(whom)
            covers = covers_in(what or "none", circle) if circle else None
            if circle is None or covers is None:
                self.refuse("--show", pair, "class=surname,works; school=works,words; public=works")
            found[circle] = covers
        return found

    def _ticked(self) -> "dict[Visibility, tuple[Category, ...]]":
        if (
            self.asker.choice(_PAPER, _PAPERS, default="processing", option="--show")
            != "processing"
        ):
            return {"public": self._covers("public")}
        circle = self.asker.choice(_CIRCLE, _CIRCLES, option="--show")
        if circle == "family":
            return {"family": ()}
        circles: tuple[Visibility, ...] = ("class", "school") if circle == "school" else ("class",)
        return {one: self._covers(one) for one in circles}

    def _covers(self, circle: "Visibility") -> "tuple[Category, ...]":
        from generator.curate.consents import choices_of, covers_in
        from generator.model.policy import Category

        names = self.labels.choice(get_args(Category))
        show(_TICKED[circle].get(self.asker.lang))
        for number, one in enumerate(choices_of(circle), 1):
            show(f"  {number:2} {names[one]}")
        return self.asker.line(
            Text("Номера", "Numbers"), lambda typed: covers_in(typed or "-", circle),
            hint=_NUMBERS, option="--show",
        )  # fmt: skip

    def _by(self, student: "Student") -> "GivenBy":
        from generator.curate.consents import signer_in

        known = [(one.name, one.name) for one in student.record.representatives]
        name, relation = self.given.signed_by, self.given.relation
        if known and not name:
            name = self.asker.choice(_WHO_SIGNED, [*known, ("", _OTHER)], option="--signed-by")
        if name and (found := signer_in(name, relation, student)):
            return found
        name = name or self.asker.line(_BY, _full_name, option="--signed-by")
        if _full_name(name) is None:
            self.refuse("--signed-by", name, "Белова Мария Олеговна")
        relation = relation or self.asker.choice(_RELATION, _RELATIONS, option="--relation")
        if (made := signer_in(name, relation, student)) is None:
            self.refuse("--relation", relation, ", ".join(code for code, _ in _RELATIONS))
        return made

    def _own(self, student: "Student", signed: dt.date) -> dt.date | None:
        from generator.curate.names import day_in

        signs_from = self.desk.school.settings.switches.student_signs_from
        if student.record.age_on(signed) < signs_from:
            return None
        today, option = self.desk.today, "--student-signed"
        if self.given.student_signed:
            return self.day((self.given.student_signed, _OWN, option), (_FIRST, today))

        def read(typed: str) -> dt.date | str | None:
            found = day_in(typed)
            return "" if not typed else found if found and found <= today else None

        found = self.asker.line(_OWN, read, hint=_NOT_OWN, option=option)
        return found if isinstance(found, dt.date) else None


def _line(typed: str) -> str | None:
    return typed if 0 < len(typed) <= 300 and typed.isprintable() else None


def _full_name(typed: str) -> str | None:
    from generator.curate.names import name_in

    return typed if name_in(typed) else None
