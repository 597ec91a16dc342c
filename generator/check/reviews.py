"""Words of others -> diagnostics. Whose are they, about what, and do they answer a request?"""

from collections.abc import Iterator

from generator.check.inspection import Inspection
from generator.check.shapes import twice, unknown_person
from generator.diagnostic import Diagnostic, Place, Text, quote
from generator.model.student import Review, Student
from generator.say import near_or


def review_twice(at: Inspection) -> Iterator[Diagnostic]:
    """Two reviews of one student bear the same id.

    Что это значит: в reviews.yml один id у двух отзывов.
    Почему важно: новая редакция (replaces) заменила бы не тот отзыв (R-057).
    Не так: id: otzyv дважды
    А так: id: otzyv-1 и id: otzyv-2
    """
    for student in at.asked:
        ids = [review.id for review in student.reviews.reviews]
        yield from twice(ids, student.reviews.place("reviews"), "review-twice")


def testimonial_incomplete(at: Inspection) -> Iterator[Diagnostic]:
    """A parent's testimonial does not say who the author is to the child, or about what it is.

    Что это значит: у отзыва родителей (kind: testimonial) нет relation или activity.
    Почему важно: родители пишут о том, что было под их руководством или в их присутствии
    (003 §3.3.2, R-052).
    Не так: author: Белова О. П., и больше ничего
    А так: relation: мама, activity: семейный поход по реке
    """
    for place, names in _lacking(at, "testimonial", ("relation", "activity")):
        yield Diagnostic(
            place,
            "testimonial-incomplete",
            Text(f"в отзыве родителей нет: {names}", f"the testimonial lacks: {names}"),
            Text(
                "впишите: relation — кем автор приходится ребёнку, activity — что делали "
                "вместе или при нём",
                "write: relation, who the author is to the child; activity, what was done "
                "with or beside them",
            ),
            "warning",
        )


def review_unsigned(at: Inspection) -> Iterator[Diagnostic]:
    """A review of a work does not name the teacher who signs it, or the work.

    Что это значит: у рецензии (kind: review) нет by или entry.
    Почему важно: рецензию на работу пишет и подписывает учитель (003 §3.3.4, R-057).
    Не так: kind: review без by и entry
    А так: by: orlova, entry: x7k2
    """
    for place, names in _lacking(at, "review", ("by", "entry")):
        yield Diagnostic(
            place,
            "review-unsigned",
            Text(f"в рецензии нет: {names}", f"the review of a work lacks: {names}"),
            Text(
                "впишите: by — id учителя из people.yml, entry — id записи; если это не о "
                "работе, выберите kind: opinion",
                "write: by, the teacher's id from people.yml; entry, the entry's id; if it is "
                "about no work, choose kind: opinion",
            ),
            "warning",
        )


def review_by_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A review is signed by somebody who is not among the staff.

    Что это значит: такого id нет в school/people.yml.
    Почему важно: by ставят только у слов учителя; у гостя школы хватит author (R-057).
    Не так: by: orlov
    А так: by: orlova
    """
    for place, _, review in _reviews(at):
        if review.by:
            yield from unknown_person(at, _in(place, "by"), review.by, "review-by-unknown")


def review_replaces_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A review replaces an earlier one that is not there.

    Что это значит: в replaces стоит id, которого у отзывов этого ученика нет, или id отзыва,
    который новее этого, или его собственный.
    Почему важно: показывают последнюю редакцию; прежняя осталась бы рядом с ней (R-057).
    Не так: replaces: otzyv
    А так: replaces: otzyv-1
    """
    for place, student, review in _reviews(at):
        others = (one for one in student.reviews.reviews if one is not review)
        earlier = {one.id for one in others if one.on <= review.on}
        if review.replaces and review.replaces not in earlier:
            yield Diagnostic(
                _in(place, "replaces"),
                "review-replaces-unknown",
                Text(
                    f"более раннего отзыва {quote(review.replaces)} у ученика нет",
                    f"the student has no earlier review {quote(review.replaces)}",
                ),
                near_or(
                    review.replaces,
                    earlier,
                    Text(
                        "возьмите id прежней редакции из этого же файла или уберите replaces",
                        "take the id of the earlier version from this file, or remove replaces",
                    ),
                ),
            )


def review_request_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A review answers a request that the student did not make.

    Что это значит: просьбы с таким id нет в requests файла portfolio.yml этого ученика.
    Почему важно: просьба так и останется без ответа (003 §3.3.3, R-054).
    Не так: request: pros
    А так: request: prosba
    """
    for place, student, review in _reviews(at):
        if review.request:
            place = _in(place, "request")
            yield from _no_request(at, place, (student, review.request), "review-request-unknown")


def declined_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A request is declined that the student did not make.

    Что это значит: просьбы с таким id нет в requests файла portfolio.yml этого ученика.
    Почему важно: ученик ждал бы ответа и дальше (003 §3.3.3, R-054).
    Не так: request: pros
    А так: request: prosba
    """
    for student in at.asked:
        for index, declined in enumerate(student.reviews.declined):
            place = student.reviews.place("declined", index, "request")
            yield from _no_request(at, place, (student, declined.request), "declined-unknown")


def declined_by_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A request is declined by somebody who is not among the staff.

    Что это значит: такого id нет в school/people.yml.
    Почему важно: ученик должен знать, кто ему ответил (003 §3.3.3, R-054).
    Не так: by: orlov
    А так: by: orlova
    """
    for student in at.asked:
        for index, declined in enumerate(student.reviews.declined):
            place = student.reviews.place("declined", index, "by")
            yield from unknown_person(at, place, declined.by, "declined-by-unknown")


def request_answered_by_another(at: Inspection) -> Iterator[Diagnostic]:
    """A request is answered by another teacher than the one who was asked.

    Что это значит: ученик просил одного учителя, а под ответом стоит другой. Отказать за учителя
    может и классный руководитель, он здесь посредник.
    Почему важно: просьбу показывают тому, кого просили; для него она осталась бы без ответа
    (003 §3.3.3, R-054).
    Не так: в просьбе to: petrova, в ответе by: orlova
    А так: ответила petrova
    """
    for place, student, review in _reviews(at):
        asked = {one.id: one.to for one in student.portfolio.requests if one.id == review.request}
        to = asked.get(review.request or "")
        if review.by and to and review.by != to:
            yield Diagnostic(
                _in(place, "by"),
                "request-answered-by-another",
                Text(
                    f"ответ от {quote(review.by)}, а ученик просил {quote(to)}",
                    f"the answer is of {quote(review.by)}, and the student asked {quote(to)}",
                ),
                Text(
                    "исправьте by или request; если так и решили, уберите request",
                    "mend by or request; if that was agreed, remove request",
                ),
                "warning",
            )


def _reviews(at: Inspection) -> Iterator[tuple[Place, Student, Review]]:
    for student in at.asked:
        for index, review in enumerate(student.reviews.reviews):
            yield student.reviews.place("reviews", index), student, review


def _lacking(at: Inspection, kind: str, keys: tuple[str, ...]) -> Iterator[tuple[Place, str]]:
    """Reviews of a kind without all that this kind needs, and the keys they lack."""
    for place, _, review in _reviews(at):
        lacking = [key for key in keys if review.kind == kind and not getattr(review, key)]
        if lacking:
            yield place, ", ".join(lacking)


def _in(place: Place, key: str) -> Place:
    return Place(place.file, keys=(*place.keys, key))


def _no_request(
    at: Inspection, place: Place, asked: tuple[Student, str], code: str
) -> Iterator[Diagnostic]:
    student, request = asked
    known = {one.id for one in student.portfolio.requests}
    if request in known or not at.was_read(student.portfolio.file):
        return
    yield Diagnostic(
        place,
        code,
        Text(
            f"просьбы {quote(request)} у ученика нет",
            f"the student made no request {quote(request)}",
        ),
        near_or(
            request,
            known,
            Text("возьмите id просьбы из portfolio.yml", "take the id from portfolio.yml"),
        ),
    )
