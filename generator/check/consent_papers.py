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
    for student in at.asked:
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
    for student in at.asked:
        ids = [consent.id for consent in student.consents.consents]
        yield from twice(ids, student.consents.place("consents"), "consent-twice")


def consent_covers_nothing(at: Inspection) -> Iterator[Diagnostic]:
    """A consent for more than the family does not say what may be shown.

    Что это значит: согласие открывает портфолио классу, школе или всем, а что показывать (covers),
    не названо. Тогда эти читатели увидят имя с первой буквой фамилии и названия записей: ни
    снимков, ни бумаг, ни слов.
    Почему важно: показывают только то, на что согласились, по видам сведений и по кругам
    (152-ФЗ; R-143).
    Не так: audience: class, а строки covers нет
    А так: covers: [works, words], как отмечено в бумаге
    """
    for student in students_here(at):
        for index, consent in enumerate(student.consents.consents):
            beyond = consent.purpose == "distribution" or consent.audience != "family"
            if beyond and not consent.covers and is_valid(consent, at.today):
                yield Diagnostic(
                    student.consents.place("consents", index),
                    "consent-covers-nothing",
                    Text(
                        "не названо, что показывать: увидят только имя и названия записей",
                        "what to show is not named: only a name and titles will be seen",
                    ),
                    Text(
                        "впишите covers — то, что семья отметила в бумаге, например [works, words]",
                        "write covers: what the family ticked on the paper, e.g. [works, words]",
                    ),
                    "warning",
                )


def consent_of_another_purpose(at: Inspection) -> Iterator[Diagnostic]:
    """A consent names an audience that is not a matter of its purpose.

    Что это значит: согласие на распространение бывает только для всех (public), а согласие на
    обработку до всех не доходит: самый широкий его круг — школа.
    Почему важно: это две разные бумаги (152-ФЗ, статьи 9 и 10.1; R-142, R-143), и одна не заменит
    другую: такое согласие этому кругу ничего не открывает.
    Не так: purpose: distribution, audience: class
    А так: purpose: processing, audience: class
    """
    for student in students_here(at):
        for index, consent in enumerate(student.consents.consents):
            for_all = consent.purpose == "distribution"
            if for_all == (consent.audience == "public") or not is_valid(consent, at.today):
                continue
            yield Diagnostic(
                student.consents.place("consents", index, "audience"),
                "consent-of-another-purpose",
                Text(
                    "распространение — это для всех, а назван другой круг: не открыто ничего"
                    if for_all
                    else "обработка — это внутри школы, а названы все: открыто не шире школы",
                    "distribution is for everybody, and another audience is named: nothing is open"
                    if for_all
                    else "processing stays inside the school, and everybody is named: no wider",
                ),
                Text(
                    "посмотрите в бумагу: для класса и школы нужно processing, для всех — "
                    "distribution и public",
                    "look at the paper: class and school need processing, everybody needs "
                    "distribution and public",
                ),
                "warning",
            )
