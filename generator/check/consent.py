"""Consents -> diagnostics. Do they allow what is asked, and are they still valid?"""

import datetime as dt
from collections.abc import Iterator

from generator.check.inspection import Inspection
from generator.diagnostic import Diagnostic, Key, Text, quote
from generator.model.policy import LADDER, Category, Consent, Visibility
from generator.model.record import FileRecord
from generator.model.student import Student

_NAMES = {
    "class": Text("класса", "the class"),
    "school": Text("школы", "the school"),
    "public": Text("всех", "everybody"),
}


def consent_missing(at: Inspection) -> Iterator[Diagnostic]:
    """There is no consent to keep this student's portfolio.

    Что это значит: в consent.yml нет ни одного согласия на обработку.
    Почему важно: без него ничего не публикуется, даже для самой семьи (003 §1.4.1, R-142).
    Не так: consents пуст
    А так: согласие с purpose: processing
    """
    for student in students_here(at):
        if not _processing(student) and at.was_read(student.consents.file):
            yield Diagnostic(
                student.consents.place(),
                "consent-missing",
                Text("согласия нет: ничего не публикуется", "no consent: nothing is published"),
                Text(
                    "внесите согласие в consent.yml, когда семья его подпишет",
                    "enter the consent in consent.yml once the family has signed it",
                ),
                "warning",
            )


def consent_expired(at: Inspection) -> Iterator[Diagnostic]:
    """The last consent of this student has expired.

    Что это значит: срок согласия прошёл, нового нет.
    Почему важно: с этого дня ничего не публикуется, даже для самой семьи (R-143).
    Не так: until: 2026-08-31, а на дворе октябрь
    А так: рядом новое согласие, действующее сегодня
    """
    for student, index, consent in _lapsed(at):
        if consent.withdrawn is None:
            yield Diagnostic(
                student.consents.place("consents", index, "until"),
                "consent-expired",
                Text(
                    f"согласие истекло {quote(consent.until)}: ничего не публикуется",
                    f"the consent expired on {quote(consent.until)}: nothing is published",
                ),
                Text(
                    "когда семья подпишет новое, добавьте его сюда",
                    "add a new one here once the family has signed it",
                ),
                "warning",
            )


def consent_withdrawn(at: Inspection) -> Iterator[Diagnostic]:
    """The consent was withdrawn, yet the portfolio still asks to be shown.

    Что это значит: согласие отозвано, а записи просят показать их классу, школе или всем.
    Почему важно: отзыв действует сразу, ничего не публикуется (R-143); записи стоит вернуть
    к «family», чтобы новое согласие не открыло их само собой.
    Не так: согласие отозвано, у записи visibility: class
    А так: согласие отозвано, у записей visibility: family
    """
    for student, index, consent in _lapsed(at):
        asks = any(wanted != "family" for _, _, wanted in _wishes(student))
        if consent.withdrawn is not None and asks:
            yield Diagnostic(
                student.consents.place("consents", index, "withdrawn"),
                "consent-withdrawn",
                Text(
                    "согласие отозвано, а записи просят показать их другим",
                    "the consent is withdrawn, yet entries ask to be shown to others",
                ),
                Text(
                    "ничего не публикуется; верните записи к «visibility: family»",
                    'nothing is published; turn the entries back to "visibility: family"',
                ),
                "warning",
            )


def consent_student_signature(at: Inspection) -> Iterator[Diagnostic]:
    """The student was old enough to sign the consent and did not.

    Что это значит: в день подписи ученику уже было столько лет, что подписывает и он сам
    (14, если школа не выбрала иначе).
    Почему важно: такое согласие открывает портфолио только семье (R-142).
    Не так: ученику 15 лет, а student_signed пуст
    А так: student_signed: 2026-09-01
    """
    signs_from = at.school.settings.switches.student_signs_from
    for student in students_here(at):
        for index, consent in enumerate(student.consents.consents):
            beyond = consent.purpose == "distribution" or consent.audience != "family"
            if beyond and is_valid(consent, at.today) and _lacks_signature(consent, student, at):
                yield Diagnostic(
                    student.consents.place("consents", index),
                    "consent-student-signature",
                    Text(
                        f"ученик сам не подписал (с {signs_from} лет нужно): это только для семьи",
                        f"the student has not signed (from {signs_from} on): for the family only",
                    ),
                    Text(
                        "когда ученик подпишет, добавьте строку «student_signed: день подписи»",
                        'once the student has signed, add a line "student_signed: the day"',
                    ),
                    "warning",
                )


def visibility_above_consent(at: Inspection) -> Iterator[Diagnostic]:
    """Something asks for more readers than the consents allow.

    Что это значит: выбрано «class», «school» или «public», а согласия на это нет.
    Почему важно: согласие главнее выбора (003 §1.4.1): эти читатели её не увидят.
    Не так: visibility: public без согласия с purpose: distribution
    А так: visibility: family, пока согласия нет
    """
    for student in students_here(at):
        # A missing signature of the student is one mistake, and is said at the consent.
        allowed = allowed_by(student, at, signed=True)
        if not at.was_read(student.consents.file) or "family" not in allowed:
            continue
        for record, keys, wanted in _wishes(student):
            if wanted not in allowed and not _shut(wanted, at):
                name = _NAMES[wanted]
                yield Diagnostic(
                    record.place(*keys),
                    "visibility-above-consent",
                    Text(
                        f"просят показать для {name.ru}, а согласия на это нет",
                        f"to be shown to {name.en}, and no consent allows it",
                    ),
                    Text(
                        "этого не увидят; внесите согласие или выберите меньше",
                        "it will not be seen there; enter a consent, or choose fewer readers",
                    ),
                    "warning",
                )


def public_not_open(at: Inspection) -> Iterator[Diagnostic]:
    """Something asks to be shown to everybody, and the school shows nothing to everybody.

    Что это значит: выбрано visibility: public, а в school.yml нет open_information: true.
    Почему важно: заинтересованные лица — закрытый список (003 §1.2, R-144); пока школа не решила
    иначе, снаружи этого никто не увидит. Семья, класс и школа увидят, если согласие позволяет.
    Не так: visibility: public, а школа закрыта для всех
    А так: visibility: school
    """
    for student in students_here(at):
        for record, keys, wanted in _wishes(student):
            if _shut(wanted, at):
                yield Diagnostic(
                    record.place(*keys),
                    "public-not-open",
                    Text(
                        "просят показать всем, а школа ничего не показывает всем",
                        "to be shown to everybody, and the school shows nothing to everybody",
                    ),
                    Text(
                        "выберите «school»; а если школа решила показывать всем, "
                        "впишите open_information: true в school.yml",
                        'choose "school"; or, if the school has decided to show to everybody, '
                        "write open_information: true in school.yml",
                    ),
                    "warning",
                )


def _shut(wanted: Visibility, at: Inspection) -> bool:
    return wanted == "public" and not at.school.settings.switches.open_information


def students_here(at: Inspection) -> Iterator[Student]:
    """Students who have not left the school."""
    for student in at.asked:
        if student.record.left is None or student.record.left > at.today:
            yield student


def _processing(student: Student) -> list[tuple[int, Consent]]:
    return [(i, c) for i, c in enumerate(student.consents.consents) if c.purpose == "processing"]


def _lapsed(at: Inspection) -> Iterator[tuple[Student, int, Consent]]:
    """Students whose every consent has ended, with the one that ended last."""
    for student in students_here(at):
        found = _processing(student)
        # One that ends before it was signed is a mistake of its own.
        ended = [(_end(c), index, c) for index, c in found if c.signed <= _end(c)]
        if ended and not any(is_valid(consent, at.today) for _, consent in found):
            day, index, consent = max(ended, key=lambda item: item[:2])
            if day <= at.today:
                yield student, index, consent


def _end(consent: Consent) -> dt.date:
    return min(consent.until, consent.withdrawn) if consent.withdrawn else consent.until


def is_valid(consent: Consent, today: dt.date) -> bool:
    """Whether a consent allows anything on a day."""
    gone = consent.withdrawn is not None and consent.withdrawn <= today
    return consent.signed <= today <= consent.until and not gone


def _lacks_signature(consent: Consent, student: Student, at: Inspection) -> bool:
    age = student.record.age_on(consent.signed)
    return age >= at.school.settings.switches.student_signs_from and not consent.student_signed


def allowed_by(student: Student, at: Inspection, *, signed: bool = False) -> set[Visibility]:
    """Rungs of the ladder that the consents allow today; `signed` takes the student's as given.

    The room `decide` owns this rule; a test holds the two to the same answers.
    """
    allowed: set[Visibility] = set()
    for consent in student.consents.consents:
        allowed |= _rungs(consent, not signed and _lacks_signature(consent, student, at), at)
    return allowed


def covered_by(student: Student, at: Inspection, category: Category) -> set[Visibility]:
    """Rungs of the ladder where the consents of today name a category (R-143)."""
    covered: set[Visibility] = set()
    for consent in student.consents.consents:
        if category in consent.covers:
            covered |= _rungs(consent, _lacks_signature(consent, student, at), at)
    return covered if "family" in allowed_by(student, at) else set()


def _rungs(consent: Consent, alone: bool, at: Inspection) -> set[Visibility]:
    if not is_valid(consent, at.today):
        return set()
    if consent.purpose == "processing":
        widest = min(LADDER.index(consent.audience), LADDER.index("school"))
        return {"family"} if alone else set(LADDER[: widest + 1])
    return {"public"} if consent.audience == "public" and not alone else set()


def _wishes(student: Student) -> Iterator[tuple[FileRecord, Key, Visibility]]:
    """Whatever of a student asks for readers, with the file and the keys where it asks."""
    for entry in student.entries:
        if not entry.draft:
            yield entry, ("visibility",), entry.visibility
    portfolio, reviews = student.portfolio, student.reviews
    yield portfolio, ("about", "visibility"), portfolio.about.visibility
    if portfolio.profile:
        yield portfolio, ("profile", "visibility"), portfolio.profile.visibility
    for key in ("interests", "goals", "reflections", "self_assessments", "shared"):
        for index, wish in enumerate(getattr(portfolio, key)):
            yield portfolio, (key, index, "visibility"), wish.visibility
    for index, review in enumerate(reviews.reviews):
        if not review.private:
            yield reviews, ("reviews", index, "visibility"), review.visibility
