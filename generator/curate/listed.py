"""Rows of a class list -> people who join. Can each row be understood?"""

from collections.abc import Iterator

from generator.curate.joining import Joiner
from generator.curate.names import Name, Room, day_in, name_in, room_in
from generator.curate.table import NAMES, Columns, Remark, Row, Table
from generator.diagnostic import Text, quote

COLUMNS: Columns = {
    **NAMES,
    "born": ("дата рождения", "день рождения", "др", "родился", "год рождения"),
}


def read_joiners(table: Table, room: Room | None) -> tuple[list[Joiner], list[Remark]]:
    """Everybody in the list, and what is wrong with the other rows; `room` is the class of those
    of whom the list does not say it."""
    joiners: list[Joiner] = []
    remarks: list[Remark] = []
    for row in table.rows:
        mistakes = list(_mistakes(row, room))
        remarks += mistakes
        name, born = named(row), day_in(row.get("born"))
        into = room_in(row.get("class")) if row.get("class") else room
        if not mistakes and name and born and into:
            joiners.append(Joiner(name, born, into, row.number, row.get("id")))
    return joiners, remarks


def named(row: Row) -> Name | None:
    """Who stands in a row, in one column or in three."""
    parts = (row.get("surname"), row.get("given"), row.get("patronymic"))
    return name_in(row.get("name") or " ".join(part for part in parts if part))


def _mistakes(row: Row, room: Room | None) -> Iterator[Remark]:
    if named(row) is None:
        written = row.get("name") or row.get("surname")
        yield Remark(
            row.number,
            "name" if row.get("name") else "surname",
            Text(f"{quote(written)} — не фамилия и имя", f"{quote(written)} is no full name"),
            Text("напишите фамилию, имя и отчество буквами",
                 "write surname, given name and patronymic"),
        )  # fmt: skip
    if not row.get("born"):
        yield Remark(row.number, "born", *_NO_DAY)
    elif day_in(row.get("born")) is None:
        yield Remark(
            row.number,
            "born",
            Text(f"{quote(row.get('born'))} — не день", f"{quote(row.get('born'))} is no day"),
            Text("напишите день рождения так: 14.05.2016", "write it like 14.05.2016"),
        )
    if row.get("class") and room_in(row.get("class")) is None:
        yield Remark(
            row.number,
            "class",
            Text(f"{quote(row.get('class'))} — не класс", f"{quote(row.get('class'))} is no class"),
            Text("напишите класс так: 4А", "write it like 4A"),
        )
    elif not row.get("class") and room is None:
        yield Remark(row.number, "class", *_NO_CLASS)


_NO_DAY = (
    Text("не сказан день рождения", "no day of birth"),
    Text("впишите его в столбец «Дата рождения»: по нему видно, подписывает ли согласие ученик",
         "write it into a column «Дата рождения»: by it one knows whether the student signs, too"),
)  # fmt: skip
_NO_CLASS = (
    Text("не сказан класс", "no class"),
    Text("добавьте столбец «Класс» или параметр --class 4А",
         "add a column «Класс», or the option --class 4A"),
)  # fmt: skip
