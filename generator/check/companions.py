"""Other people in an entry -> diagnostics. Who are they, and may others see them?"""

from collections.abc import Iterator

from generator.check.consent import covered_by
from generator.check.inspection import Inspection, Item
from generator.check.shapes import unknown_student
from generator.diagnostic import Diagnostic, Text, quote
from generator.model.entry import Companion, EntryBase
from generator.model.policy import LADDER, Category, Visibility

_OF_WHAT: dict[str, tuple[tuple[Category, Text], ...]] = {
    "named": (("surname", Text("его называть", "be named")),),
    "pictured": (("photos", Text("его показывать на снимке", "be pictured")),),
}
_OF_WHAT["both"] = _OF_WHAT["named"] + _OF_WHAT["pictured"]
BEFORE = {
    "class": Text("классу", "the class"),
    "school": Text("школе", "the school"),
    "public": Text("всем", "everybody"),
}


def companion_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """Somebody in an entry is named as a student of ours, and there is no such student.

    Что это значит: в people стоит student, а папки records/<ученик> с таким именем нет.
    Почему важно: пока не понятно, кто это, запись с этим человеком дальше семьи не идёт (R-131).
    Не так: student: sokolov-glb
    А так: student: sokolov-gleb; а если он учится не у нас — name и consent
    """
    for item, index, one in _companions(at):
        if one.student:
            place = item.place("people", index, "student")
            yield from unknown_student(at, place, one.student, "companion-unknown")


def companion_who(at: Inspection) -> Iterator[Diagnostic]:
    """It is not said who somebody in an entry is, or it is said twice.

    Что это значит: у человека в people нужна одна строка из двух: student (ученик нашей школы) или
    name (кто-то ещё). Здесь нет ни одной или есть обе; если обе, действует student.
    Почему важно: без этого не узнать, чьё согласие нужно (R-131).
    Не так: how: pictured, и больше ничего
    А так: name: тренер, how: pictured
    """
    for item, index, one in _companions(at):
        if bool(one.student) == bool(one.name):
            yield Diagnostic(
                item.place("people", index),
                "companion-who",
                Text(
                    "сказано и student, и name" if one.name else "не сказано, кто это",
                    "both student and name are said" if one.name else "it is not said who this is",
                ),
                Text(
                    "оставьте одну строку: student для ученика нашей школы, name для остальных",
                    "keep one line: student for a student of this school, name for anybody else",
                ),
            )


def companion_not_masked(at: Inspection) -> Iterator[Diagnostic]:
    """Somebody is said to be covered on the pictures, and a picture covers nothing.

    Что это значит: стоит masked: true, а у названного скана нет ни одного прямоугольника (mask).
    Прямоугольник одного снимка другого не закрывает. Грамоты, другие бумаги, рисунки и работы не в
    счёт: людей на них не ищут.
    Почему важно: на таком снимке человек виден, и без его согласия снимок дальше семьи не идёт;
    остальные идут (R-131, R-143).
    Не так: два снимка, mask у первого
    А так: mask: [{left: 40, top: 10, width: 20, height: 30}] у каждого; или вид документа, на
    котором людей нет, например work
    """
    for item, index, one in _companions(at):
        bare = [scan.file for scan in item.told.scans if one.is_pictured_on(scan)]
        if one.masked and bare:
            files = ", ".join(map(quote, bare))
            yield Diagnostic(
                item.place("people", index, "masked"),
                "companion-not-masked",
                Text(
                    f"сказано, что человек закрыт, а прямоугольника нет: {files}",
                    f"somebody is said to be covered, and there is no rectangle: {files}",
                ),
                Text(
                    "закройте его прямоугольником mask у каждого снимка или уберите masked; "
                    "если людей на снимке нет, выберите document: work",
                    "cover them by a rectangle, mask, of every picture, or take masked away; "
                    "if nobody is on the picture, choose document: work",
                ),
                "warning",
            )


def companion_without_consent(at: Inspection) -> Iterator[Diagnostic]:
    """Somebody else is in an entry and has not consented to be shown as the family wants it.

    Что это значит: запись просят показать другим, а в ней назван или виден другой человек, и его
    согласия на это нет: для ученика нашей школы — в его consent.yml (surname или photos для этого
    круга), для остальных — нет строки consent.
    Почему важно: каждый решает за себя. Пока согласия нет, снимки или вся запись дальше семьи и
    тех, кто отвечает за портфолио, не идут (R-131, R-143).
    Не так: на фотографии друг, чья семья фотографий не показывает
    А так: друг закрыт прямоугольником (mask, masked: true) или выбран другой снимок
    """
    for item, index, one, lacking in _lacking(at):
        what, rung = lacking
        yield Diagnostic(
            item.place("people", index),
            "companion-without-consent",
            Text(
                f"{quote(one.student or one.name)}: согласия {what.ru} {BEFORE[rung].ru} нет, "
                f"дальше семьи это не пойдёт",
                f"{quote(one.student or one.name)}: no consent to {what.en} before "
                f"{BEFORE[rung].en}, it will not go beyond the family",
            ),
            Text(
                "спросите его семью, закройте его на снимке (mask и masked: true) "
                "или расскажите без него",
                "ask their family, cover them on the picture (mask and masked: true), "
                "or tell it without them",
            ),
            "warning",
        )


def member_without_consent(at: Inspection) -> Iterator[Diagnostic]:
    """A photograph of a collective is to be shown, and a member has not consented to that.

    Что это значит: у общего достижения есть фотография (или скан без document: им может быть и
    она), кто-то из участников решил показать его другим, а согласия показывать фотографии этого
    участника для этого круга нет.
    Почему важно: на общем снимке видны все, а решает каждый за себя. Пока согласия нет, снимки
    этого достижения видят только семьи участников и учителя (R-131, R-143). Если на снимке людей
    нет, выберите для него другой вид документа, например work.
    Не так: фотография ансамбля, в котором у одного согласия нет
    А так: он закрыт прямоугольником и назван в people с masked: true
    """
    for item in at.achievements:
        for index, student, rung in _members(at, item):
            yield Diagnostic(
                item.place("members", index, "student"),
                "member-without-consent",
                Text(
                    f"{quote(student)}: согласия показывать на снимке {BEFORE[rung].ru} нет, "
                    "снимков другие не увидят",
                    f"{quote(student)}: no consent to be pictured before {BEFORE[rung].en}, "
                    "others will not see the pictures",
                ),
                Text(
                    "закройте его прямоугольником и впишите в people с masked: true; "
                    "если людей на снимке нет, выберите document: work",
                    "cover them by a rectangle and name them in people with masked: true; "
                    "if nobody is on the picture, choose document: work",
                ),
                "warning",
            )


def _companions(at: Inspection) -> Iterator[tuple[Item, int, Companion]]:
    for item in at.items:
        for index, one in enumerate(item.told.people):
            yield item, index, one


def _lacking(at: Inspection) -> Iterator[tuple[Item, int, Companion, tuple[Text, Visibility]]]:
    """Somebody in an entry, and the first thing they have not consented to."""
    for item, index, one in _companions(at):
        whose = item.student.id if item.student else None
        if item.is_draft or not (one.student or one.name) or one.student == whose:
            continue
        pictured = any(one.is_pictured_on(scan) for scan in item.told.scans)
        for category, what in _OF_WHAT[one.how]:
            if category == "photos" and not pictured:
                continue
            missing = [r for r in _asked(at, item) if not consents(at, one, category, r)]
            if missing:
                yield item, index, one, (what, missing[0])
                break


def consents(at: Inspection, one: Companion, category: Category, rung: Visibility) -> bool:
    """Whether somebody has consented to be named or pictured before an audience."""
    if one.student is None:
        return bool(one.consent)
    other = at.students.get(one.student)
    if other is None:  # said by `companion-unknown`
        return True
    here = other.record.left is None or other.record.left > at.today
    return here and rung in covered_by(other, at, category)


def _asked(at: Inspection, item: Item) -> tuple[Visibility, ...]:
    """The rungs above the family for which it is wanted, as far as the school has them."""
    widest = (
        item.told.visibility
        if isinstance(item.told, EntryBase)
        else at.wanted.get(item.told.id, "family")
    )
    open_to_all = at.school.settings.switches.open_information
    rungs = LADDER[1 : LADDER.index(widest) + 1]
    return tuple(rung for rung in rungs if rung != "public" or open_to_all)


def _members(at: Inspection, item: Item) -> Iterator[tuple[int, str, Visibility]]:
    """Who is taken to be pictured and has not consented to that."""
    if not any(scan.document in ("photo", None) for scan in item.told.scans):
        return  # of which nothing is said may be a photograph too
    said = {one.student for one in item.told.people}
    asked = _asked(at, item)
    for index, member in enumerate(getattr(item.told, "members", ())):
        pictured = Companion(student=member.student, how="pictured")
        missing = [rung for rung in asked if not consents(at, pictured, "photos", rung)]
        if missing and member.student not in said:
            yield index, member.student, missing[0]
