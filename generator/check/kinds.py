"""What only entries of one kind have -> diagnostics. Does it hang together?"""

from collections.abc import Iterator
from itertools import pairwise
from typing import TypeVar

from generator.check.inspection import Inspection, start_of
from generator.diagnostic import Diagnostic, Place, Text, quote
from generator.model.entry import EntryBase
from generator.model.kinds import Gto, Reward, Series, Study
from generator.model.student import Student

K = TypeVar("K", bound=EntryBase)

_STEPS = {"gto11": 11, "gto18": 18}
# First and last age in full years, of the steps a schoolchild takes.
_AGES = {
    "gto18": ((6, 7), (8, 9), (10, 11), (12, 13), (14, 15), (16, 17), (18, 19)),
    "gto11": ((6, 8), (9, 10), (11, 12), (13, 15), (16, 17), (18, 29)),
}
_OTHERS = frozenset({"with-family", "with-teacher", "group"})


def study_without_assessment(at: Inspection) -> Iterator[Diagnostic]:
    """A study result does not say by which assessment it was found.

    Что это значит: не сказано, внутренняя это оценка школы (текущий контроль, зачёт, проект) или
    внешняя (экзамен, мониторинг). Черновиков и познавательной деятельности (form: cognitive) это
    не касается.
    Почему важно: внутреннюю и внешнюю оценку показывают отдельно (001 §4.1, R-016).
    Не так: form: subject без assessment
    А так: form: subject, assessment: control
    """
    for _, entry in _of(at, Study):
        if not entry.assessment and entry.form != "cognitive":
            yield _wrong(
                entry.place("form"),
                "study-without-assessment",
                Text("не сказано, как получен результат", "it is not said how this was found out"),
                Text(
                    "добавьте, например, «assessment: control» (контрольное мероприятие в школе) "
                    "или «assessment: state-exam» (экзамен)",
                    'add, for example, "assessment: control" (a test at school) '
                    'or "assessment: state-exam"',
                ),
            )


def gto_step_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """There is no such step in this scheme of the GTO complex.

    Что это значит: в прежней схеме (gto11) ступеней 11, в нынешней (gto18) — 18.
    Почему важно: на странице стояла бы ступень, которой не бывает (001 §3.2.2, R-006).
    Не так: scheme: gto11, step: 12
    А так: scheme: gto11, step: 4
    """
    for _, entry in _of(at, Gto):
        if entry.step > _STEPS.get(entry.scheme, entry.step):
            most = _STEPS[entry.scheme]
            yield Diagnostic(
                entry.place("step"),
                "gto-step-unknown",
                Text(f"ступеней здесь всего {most}", f"there are only {most} steps here"),
                Text(
                    "проверьте ступень и «scheme» по удостоверению",
                    'look at the step and at "scheme" in the certificate',
                ),
            )


def gto_age(at: Inspection) -> Iterator[Diagnostic]:
    """The step of the GTO complex is not one for the student's age on that day.

    Что это значит: ступень рассчитана на другой возраст. Знак дают позже, чем сдают нормы, поэтому
    к знаку год сверху допускается.
    Почему важно: скорее всего, неверна ступень, схема или дата (001 §3.2.2, R-006).
    Не так: step: 6 у десятилетнего
    А так: step: 3
    """
    for student, entry in _of(at, Gto):
        start, ages = start_of(entry), _AGES.get(entry.scheme, ())[entry.step - 1 : entry.step]
        if not start or not entry.day or not ages:
            continue
        (first, last), then = ages[0], student.record.age_on(entry.day)
        if then < first or student.record.age_on(start) > last + bool(entry.sign):
            yield _wrong(
                entry.place("step"),
                "gto-age",
                Text(
                    f"эта ступень для {first}–{last} лет, а ученику тогда было {then}",
                    f"this step is for ages {first}–{last}, and the student was {then}",
                ),
                Text(
                    "проверьте ступень, «scheme» и дату по удостоверению",
                    'look at the step, "scheme" and the date in the certificate',
                ),
            )


def gto_sign_without_order(at: Inspection) -> Iterator[Diagnostic]:
    """A sign of the GTO complex is named without the order that awards it.

    Что это значит: знак отличия дают приказом, а его номера и дня здесь нет.
    Почему важно: по приказу знак легко проверить (001 §3.2.2, R-006).
    Не так: sign: gold без order
    А так: sign: gold, order: {number: 57-нг, date: 2026-06-15}
    """
    for _, entry in _of(at, Gto):
        if entry.sign and not entry.order:
            yield _wrong(
                entry.place("sign"),
                "gto-sign-without-order",
                Text("не сказано, каким приказом дан знак", "the order of the sign is not named"),
                Text(
                    "добавьте «order:» с номером и днём приказа, они есть в удостоверении",
                    'add "order:" with number and date, they stand in the certificate',
                ),
            )


def series_too_short(at: Inspection) -> Iterator[Diagnostic]:
    """A series has fewer than two works.

    Что это значит: в works меньше двух работ.
    Почему важно: что изменилось, видно только между двумя работами (002 §2, R-022).
    Не так: works: [x7k2]
    А так: works: [x7k2, p3mw]
    """
    for _, entry in _of(at, Series):
        if len(entry.works) < 2:
            yield _wrong(
                entry.place("works"),
                "series-too-short",
                Text("в серии меньше двух работ", "the series has fewer than two works"),
                Text(
                    "добавьте в «works» ещё одну свою работу о том же",
                    'add one more of your works about the same to "works"',
                ),
            )


def series_out_of_order(at: Inspection) -> Iterator[Diagnostic]:
    """The works of a series do not stand by date.

    Что это значит: более ранняя работа стоит после более поздней.
    Почему важно: серию смотрят от первой работы к последней: было и стало (002 §2, R-022).
    Не так: works: [работа 2026 года, работа 2025 года]
    А так: works: [работа 2025 года, работа 2026 года]
    """
    for student, entry in _of(at, Series):
        days = {one.id: one.day for one in student.entries if one.day}
        works = [work for work in entry.works if work in days]
        for earlier, later in pairwise(works):
            if days[later] < days[earlier]:
                yield _wrong(
                    entry.place("works", entry.works.index(later)),
                    "series-out-of-order",
                    Text(
                        f"работа {quote(later)} сделана раньше, чем {quote(earlier)} перед ней",
                        f"{quote(later)} was made earlier than {quote(earlier)} before it",
                    ),
                    Text("поставьте работы по порядку дат", "put the works in order of their days"),
                )


def reward_without_order(at: Inspection) -> Iterator[Diagnostic]:
    """A reward is named without the order or decision behind it.

    Что это значит: нет номера и дня приказа или решения о поощрении.
    Почему важно: основание поощрения — приказ или решение (001 §3.3, R-018).
    Не так: form: gift без order
    А так: form: gift, order: {number: 88-о, date: 2026-05-20}
    """
    for _, entry in _of(at, Reward):
        if not entry.order:
            yield _wrong(
                entry.place("form"),
                "reward-without-order",
                Text(
                    "не сказано, каким приказом или решением поощрили",
                    "no order or decision is named",
                ),
                Text(
                    "спросите учителя и добавьте «order:» с номером и днём",
                    'ask a teacher, and add "order:" with number and date',
                ),
            )


def ai_help_unsaid(at: Inspection) -> Iterator[Diagnostic]:
    """An entry was made with the help of AI and does not say what AI did.

    Что это значит: в authorship стоит with-ai, а ai_help пуст.
    Почему важно: одно дело — подсказанное слово, другое — готовая картинка; честнее сказать самому
    (R-070, достоверность).
    Не так: authorship: [with-ai]
    А так: authorship: [with-ai], ai_help: нейросеть подсказала рифмы
    """
    for _, entry in _of(at, EntryBase):
        if "with-ai" in entry.authorship and not entry.ai_help:
            yield _wrong(
                entry.place("authorship", entry.authorship.index("with-ai")),
                "ai-help-unsaid",
                Text("не сказано, что именно сделал ИИ", "it is not said what AI did"),
                Text(
                    "добавьте строку «ai_help: …» и скажите это в нескольких словах",
                    'add a line "ai_help: …" and say it in a few words',
                ),
            )


def authorship_contradicts(at: Inspection) -> Iterator[Diagnostic]:
    """An entry was made alone and together with somebody.

    Что это значит: в authorship рядом стоят alone и with-family, with-teacher или group.
    Почему важно: неясно, что из двух верно (001 §4.8, R-070).
    Не так: authorship: [alone, with-family]
    А так: authorship: [with-family]
    """
    for _, entry in _of(at, EntryBase):
        if "alone" in entry.authorship and not _OTHERS.isdisjoint(entry.authorship):
            yield _wrong(
                entry.place("authorship", entry.authorship.index("alone")),
                "authorship-contradicts",
                Text("здесь и «alone», и другие люди", 'here are both "alone" and other people'),
                Text("оставьте что-то одно", "keep one of the two"),
            )


def _of(at: Inspection, kind: type[K]) -> Iterator[tuple[Student, K]]:
    """Entries of a kind that are no drafts: of a draft nothing is asked yet."""
    for student, entry in at.entries:
        if isinstance(entry, kind) and not entry.draft:
            yield student, entry


def _wrong(place: Place, code: str, message: Text, fix: Text) -> Diagnostic:
    return Diagnostic(place, code, message, fix, "warning")
