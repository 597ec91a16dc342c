"""Signed consents -> diagnostics. Is each the paper that it says it is?"""

from collections.abc import Iterator

from generator.check.consent import is_valid, students_here
from generator.check.inspection import Inspection
from generator.check.shapes import fold, twice
from generator.diagnostic import Diagnostic, Text, quote
from generator.say import near_or


def consent_by_wrong_person(at: Inspection) -> Iterator[Diagnostic]:
    """A consent was signed by somebody who is not the student's legal representative.

    Что это значит: в student.yml названы представители (representatives), а подписавшего среди
    них нет. Большие и маленькие буквы, «е» и «ё» не различаются. Кончившихся согласий не
    сверяют, ведь представитель мог смениться.
    Почему важно: согласие за ребёнка даёт только законный представитель (152-ФЗ; 003 §1.4.1;
    R-142, R-143); по чужой подписи портфолио показывать нельзя.
    Не так: подписала бабушка, а опекун не она
    А так: подписал тот, кто назван в representatives
    """
    for student in students_here(at):
        names = [one.name for one in student.record.representatives]
        known = {fold(name) for name in names}
        for index, consent in enumerate(student.consents.consents):
            if not names or not is_valid(consent, at.today) or fold(consent.given_by.name) in known:
                continue
            yield Diagnostic(
                student.consents.place("consents", index, "given_by", "name"),
                "consent-by-wrong-person",
                Text(
                    f"{quote(consent.given_by.name)} нет среди представителей в student.yml",
                    f"{quote(consent.given_by.name)} is not a representative in student.yml",
                ),
                near_or(
                    consent.given_by.name,
                    names,
                    Text(
                        "нужна подпись представителя; если это он, впишите его в student.yml",
                        "a representative has to sign; if this is one, enter them in student.yml",
                    ),
                ),
            )


def consent_until_before_signed(at: Inspection) -> Iterator[Diagnostic]:
    """A consent ends, or is withdrawn, before it was signed.

    Что это значит: день until или withdrawn раньше дня signed.
    Почему важно: такое согласие не действует ни одного дня, и ничего не публикуется (R-143).
    Не так: signed: 2026-09-01, until: 2026-08-31
    А так: signed: 2026-09-01, until: 2027-08-31
    """
    for student in at.school.students:
        for index, consent in enumerate(student.consents.consents):
            for key in ("until", "withdrawn"):
                day = getattr(consent, key)
                if day is None or day >= consent.signed:
                    continue
                yield Diagnostic(
                    student.consents.place("consents", index, key),
                    "consent-until-before-signed",
                    Text(
                        f"{quote(day)} раньше дня подписи {quote(consent.signed)}",
                        f"{quote(day)} is before the day of signing, {quote(consent.signed)}",
                    ),
                    Text("исправьте один из двух дней", "mend one of the two days"),
                    "warning",
                )


def consent_twice(at: Inspection) -> Iterator[Diagnostic]:
    """Two consents of one student bear the same id.

    Что это значит: в consent.yml один id у двух согласий.
    Почему важно: в реестре не отличить, какое из них отозвано (R-143).
    Не так: id: first дважды
    А так: id: first и id: second
    """
    for student in at.school.students:
        ids = [consent.id for consent in student.consents.consents]
        yield from twice(ids, student.consents.place("consents"), "consent-twice")
