"""The table of decide and the format of seal -> who-sees-what.md, sealed-format.md."""

from typing import get_args

from generator.decide import TABLE, Thing
from generator.model.shown import Tier
from tests.reference.markdown import table
from tests.world import SCHEMA

THINGS: dict[Thing, str] = {
    "family": "помеченное `visibility: family` или никак не помеченное",
    "class": "помеченное `visibility: class`",
    "school": "помеченное `visibility: school`",
    "public": "помеченное `visibility: public`",
    "draft": "черновик",
    "unsettled": "возвращённое, спорное, отозванное, придержанное",
    "earlier": "запись прежней ступени, которую не взяли с собой",
    "note": "почему учитель вернул запись",
    "behind": "кому ещё видна запись и кто так решил",
    "paper": "что написано на бумаге и где лежит оригинал",
    "will": "заявление семьи о результате из другой организации и его зачёт",
    "arranged": "с кем выбран порядок главных работ",
    "mark": "отметки",
    "state-register": "решение о внесении в государственный ресурс",
    "private-words": "слова других, помеченные «только семье»",
    "request": "просьба к учителю и ответ на неё",
    "missing": "чего в портфолио ещё нет и давно ли не было нового",
    "moving-up": "набросок рассказа о себе к переходу в 5 класс",
    "package": "выбранное для комиссии по переходу",
    "queue": "что ждёт подтверждения",
    "about": "страница «О портфолио»: правила, обязанности, словарик",
}
TIERS: dict[str, str] = {
    "family": "семья",
    "class": "класс и семьи класса",
    "level": "гости школьного праздника",
    "commission": "комиссия по переходу",
    "teacher": "классный руководитель",
    "staff": "завуч и директор",
    "public": "все",
}
HOLDERS: tuple[tuple[str, Tier, str], ...] = (
    ("family:<ученик>[/<дом>]", "family", "всё о своём ребёнке, страницы класса и ступени"),
    ("class:<год>:<класс>", "class", "страница класса; код на время события"),
    ("level:<ступень>", "level", "страница ступени; код на время события"),
    ("teacher:<сотрудник>", "teacher", "свой класс: что ждёт подтверждения и что подтверждено"),
    ("staff:<ступень>/<сотрудник>", "staff", "все портфолио своей ступени"),
)


def who_sees_what() -> str:
    """The table by which everything is shown or is not: things × audiences."""
    columns = _columns()
    head = ("что", *(", ".join(TIERS[tier] for tier in column) for column in columns))
    rows = ((THINGS[t], *("да" if one[0] in TABLE[t] else "" for one in columns)) for t in TABLE)
    later = [tier for tier in get_args(Tier) if not any(tier in column for column in columns)]
    theirs = ((tier, [THINGS[t] for t in TABLE if tier in TABLE[t]]) for tier in later)
    planned = [f"- {TIERS[tier]}: {', '.join(things)}" for tier, things in theirs]
    holders = ((f"`{name}`", TIERS[tier], what) for name, tier, what in HOLDERS)
    return "\n".join((
        "# Кто что видит\n",
        "Эта таблица взята из самой программы: по ней решается каждая страница."
        " Чего в ней нет, того нет и на сайте.\n",
        table(head, rows),
        "На странице ступени от фамилии остаётся первая буква, а сканов бумаг, где имя стоит"
        " полностью, нет: только снимки, рисунки и работы. Возвращённую запись другие увидят снова,"
        " когда её посмотрит учитель.\n",
        "Снимки ученика, сканы бумаг и работ, свои слова, отзывы и фамилия целиком видны классу и"
        " дальше, только если согласие для этого круга называет их (`covers` в `consent.yml`); без"
        " этого видны имя с первой буквой фамилии, класс и названия записей. Если запись называет"
        " или показывает другого человека, она не идёт дальше семьи и тех, кто отвечает за"
        " портфолио, пока этого не разрешает и его согласие.\n",
        "Сверх таблицы действует согласие родителей: без действующего согласия на обработку не"
        " показывается ничего и никому, а шире `family` — только то, на что есть согласие с такой"
        " же или большей аудиторией. С возраста, который назначила школа, нужна и подпись"
        " ученика.\n",
        "Правило есть, а страниц эта версия ещё не собирает:\n",
        "\n".join(planned) + "\n",
        "## У кого есть карточка\n",
        table(("имя в access.yml", "кто", "что открывает"), holders),
        "Карточка учителя, завуча и директора делается, пока действует приказ из `people.yml`;"
        " код события — до дня, названного в `access.yml`.\n",
    ))  # fmt: skip


def sealed_format() -> str:
    """The format's own text, whole."""
    words = "Для разработчиков; источник — `schema/seal-v1.md`. Простыми словами: "
    link = f"[как устроено запечатывание](../explanation/sealing.md).\n\n{'---'}\n\n"
    text = (SCHEMA / "seal-v1.md").read_text(encoding="utf-8")
    title, _, rest = text.partition("\n\n")
    return f"{title}\n\n{words}{link}{rest}"


def _columns() -> list[list[Tier]]:
    """Audiences that hold a card; those that see the same stand together."""
    together: dict[tuple[bool, ...], list[Tier]] = {}
    for held in dict.fromkeys(tier for _, tier, _ in HOLDERS):
        together.setdefault(tuple(held in TABLE[t] for t in TABLE), []).append(held)
    return list(together.values())
