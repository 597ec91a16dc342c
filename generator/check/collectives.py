"""What collectives achieved -> diagnostics. Is it entered once, by whom, and for which members?"""

from collections.abc import Iterator

from generator.check.inspection import Inspection, Item, is_appointed
from generator.check.shapes import named_twice, taken, twice, unknown_person, unknown_student
from generator.diagnostic import Diagnostic, Place, Text, quote
from generator.model.collective import Achievement
from generator.say import near_or


def collective_twice(at: Inspection) -> Iterator[Diagnostic]:
    """Two collectives bear the same id.

    Что это значит: в collectives.yml один id у двух коллективов.
    Почему важно: успехи одного достались бы другому (004 §3.5, R-021).
    Не так: id: khor дважды
    А так: id: khor и id: khor-mladshiy
    """
    file = at.school.collectives
    ids = [one.id for one in file.collectives]
    yield from twice(ids, file.place("collectives"), "collective-twice")


def achievement_twice(at: Inspection) -> Iterator[Diagnostic]:
    """An achievement bears an id that is taken already.

    Что это значит: тот же id есть у другого достижения или у своей записи одного из участников.
    Почему важно: выбор участника «показать мою запись» показал бы и общую (R-021, R-031).
    Не так: id: x7k2 и у достижения хора, и у записи солистки
    А так: id: t6hq у достижения, id: x7k2 у записи
    """
    told = tuple(_achievements(at))
    yield from taken(((item.place("id"), one.id) for item, one in told), "achievement-twice")
    asked = {one.id: one for one in at.asked}
    for item, achievement in told:
        members = (asked[one.student] for one in achievement.members if one.student in asked)
        owner = next((one for one in members if achievement.id in (at.entry_ids(one) or ())), None)
        if owner:
            yield Diagnostic(
                item.place("id"),
                "achievement-twice",
                Text(
                    f"id {quote(achievement.id)} уже есть у записи ученика {quote(owner.id)}",
                    f"{quote(achievement.id)} already is the id of an entry of {quote(owner.id)}",
                ),
                Text("дайте достижению другой id", "give the achievement another id"),
            )


def achievement_member_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A member of a collective's achievement is no student of ours.

    Что это значит: папки records/<ученик> с таким именем нет.
    Почему важно: у этого ученика общее достижение не появится (004 §3.5, R-021). Тех, чьи данные
    стёрты, убирают и отсюда.
    Не так: student: belova-ana
    А так: student: belova-anna
    """
    for place, student in _members(at):
        yield from unknown_student(at, place, student, "achievement-member-unknown")


def achievement_member_twice(at: Inspection) -> Iterator[Diagnostic]:
    """A student is named twice among those who took part.

    Что это значит: в members один ученик стоит дважды.
    Почему важно: показана будет только первая роль (R-021).
    Не так: belova-anna — солистка, и ниже belova-anna — участница
    А так: belova-anna — солистка, один раз
    """
    fix = Text("оставьте одну строку, с верной ролью", "keep one line, with the right role")
    for item, achievement in _achievements(at):
        placed = (
            (item.place("members", index, "student"), member.student)
            for index, member in enumerate(achievement.members)
        )
        yield from named_twice(placed, "achievement-member-twice", fix)


def achievement_entered_by_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A collective's achievement was entered by somebody who is not among the staff.

    Что это значит: такого id нет в school/people.yml.
    Почему важно: за общее достижение ручается тот, кто его внёс (001 §5.3, R-060).
    Не так: entered_by: orlov
    А так: entered_by: orlova
    """
    for item, achievement in _achievements(at):
        place, who = item.place("entered_by"), achievement.entered_by
        yield from unknown_person(at, place, who, "achievement-entered-by-unknown")


def achievement_entered_without_order(at: Inspection) -> Iterator[Diagnostic]:
    """A collective's achievement was entered by somebody whom no order named on that day.

    Что это значит: у человека нет приказа или в день внесения приказ не действовал.
    Почему важно: такое слово не считается, у всех участников достижение останется
    неподтверждённым (001 §5.3, 002 §7.3, R-060).
    Не так: entered_on: 2026-08-20, а приказ от 2026-09-01
    А так: entered_on: 2026-09-02
    """
    for item, achievement in _achievements(at):
        person = at.people.get(achievement.entered_by)
        if person and not is_appointed(person, achievement.entered_on):
            day = quote(achievement.entered_on)
            yield Diagnostic(
                item.place("entered_by"),
                "achievement-entered-without-order",
                Text(
                    f"приказа о {quote(person.id)} на {day} нет",
                    f"no order names {quote(person.id)} on {day}",
                ),
                Text(
                    "внесите приказ в people.yml или исправьте, кто и когда внёс достижение",
                    "enter the order in people.yml, or mend who entered this and when",
                ),
            )


def achievement_folder_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """Files lie in a folder for an achievement that does not exist.

    Что это значит: папка в school/collectives названа id, которого нет ни у одного достижения в
    collectives.yml.
    Почему важно: показано будет только названное; эти файлы никто не увидит (R-021).
    Не так: папка t6h, а достижение — t6hq
    А так: папка t6hq
    """
    known = {one.folder for one in at.achievements}
    for folder in at.files_in if at.was_read(at.school.collectives.file) else ():
        if folder.startswith("school/") and folder not in known:
            name = folder.rpartition("/")[2]
            ids = [one.rpartition("/")[2] for one in known]
            yield Diagnostic(
                Place(folder),
                "achievement-folder-unknown",
                Text(
                    f"достижения {quote(name)} нет в school/collectives.yml",
                    f"there is no achievement {quote(name)} in school/collectives.yml",
                ),
                near_or(
                    name,
                    ids,
                    Text(
                        "назовите папку так же, как id достижения",
                        "give the folder the id as its name",
                    ),
                ),
                "warning",
            )


def _achievements(at: Inspection) -> Iterator[tuple[Item, Achievement]]:
    for item in at.achievements:
        if isinstance(item.told, Achievement):
            yield item, item.told


def _members(at: Inspection) -> Iterator[tuple[Place, str]]:
    for item, achievement in _achievements(at):
        for index, member in enumerate(achievement.members):
            yield item.place("members", index, "student"), member.student
