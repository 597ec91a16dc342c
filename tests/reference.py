"""The product -> docs/reference; `python -m tests.reference` writes it. What is there to know?"""

import argparse
import datetime as dt
import os
import re
import types
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.check import codes, explain
from generator.cli import _parser
from generator.decide import TABLE, Thing
from generator.load import read_vocabularies
from generator.model.collective import Collectives
from generator.model.entry import EntryBase
from generator.model.kinds import KINDS
from generator.model.policy import Access, Consents, Visibility
from generator.model.portfolio import Portfolio
from generator.model.record import FileRecord, Id, Line, Prose, Record, Word, Year
from generator.model.school import ClassList, Events, Settings, SiteId, Staff
from generator.model.shown import Tier
from generator.model.student import Confirmations, Results, Reviews, StudentRecord
from generator.model.vocabulary import OwnWords, chosen

HOME = Path(__file__).parents[1]
FOLDER = HOME / "docs" / "reference"
FILES: tuple[type[FileRecord], ...] = (
    Portfolio, EntryBase, StudentRecord, Consents, Confirmations, Reviews, Results,
    Settings, Staff, ClassList, Events, Collectives, Access, OwnWords,
)  # fmt: skip
FILES_AND_KINDS = (*FILES, *KINDS.values())
ENTRY_PATH = "students/<student>/entries/<entry>/entry.yml"
MADE = "<!-- python -m tests.reference -->\n\n"

EXITS = (
    (0, "всё в порядке"),
    (1, "в портфолио есть что исправить; прежний сайт не тронут"),
    (2, "работа не могла продолжиться: напечатано почему и что делать"),
)
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
KINDS_OF_VALUE: tuple[tuple[object, str], ...] = (
    (Line, "строка"),
    (Prose, "текст"),
    (Word, "слово"),
    (Id, "имя латиницей"),
    (Year, "учебный год"),
    (SiteId, "16 знаков 0-9, a-f"),
    (Visibility, "кому показать"),
    (dt.date, "дата"),
    (int, "целое число"),
    (bool, "`true` или `false`"),
    (str, "строка"),
)


def pages() -> dict[str, str]:
    """Every page of the reference: file name -> Markdown."""
    return {
        "commands.md": MADE + commands(),
        "diagnostics.md": MADE + diagnostics(),
        "fields.md": MADE + fields(),
        "vocabularies.md": MADE + vocabularies(),
        "who-sees-what.md": MADE + who_sees_what(),
        "sealed-format.md": MADE + sealed_format(),
    }


def write_pages(folder: Path) -> None:
    """The pages written into `folder`, and none but them left there."""
    folder.mkdir(parents=True, exist_ok=True)
    made = pages()
    for path in folder.glob("*.md"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


def commands() -> str:
    """Every command with every argument, as the parser knows them, and the exit numbers."""
    parts = [
        "# Команды\n",
        "После `make site` команда лежит в `.venv/bin/stupeni`."
        " Слова после косой черты — то же по-английски.\n",
    ]
    for name, parser in parsers(_parser(), "stupeni"):
        arguments = [a for a in parser._actions if not isinstance(a, argparse._SubParsersAction)]
        parts.append(f"## `{name}`\n")
        parts.append(f"{parser.description}\n" if parser.description else "")
        parts.append(_table(("что", "значит", "если не указать"), map(_argument, arguments)))
    numbers = ((f"`{number}`", words) for number, words in EXITS)
    parts.append("## Чем заканчивается команда\n")
    parts.append(_table(("число", "значит"), numbers))
    parts.append(
        "Секреты лежат в папке `--private`, иначе в той, что названа переменной `STUPENI_PRIVATE`,"
        " иначе в `~/.stupeni`. Когда задана переменная `CI`, личные слова не печатаются, а вместо"
        " имён папок стоят первые шесть знаков их SHA-256: `printf %s belova-anna | sha256sum`.\n"
    )
    return "\n".join(part for part in parts if part)


def parsers(
    parser: argparse.ArgumentParser, name: str
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every parser that does or leads to something, by the words one types."""
    yield name, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, inner in action.choices.items():
                yield from parsers(inner, f"{name} {word}")


def diagnostics() -> str:
    """Every code with its page; the code is the anchor."""
    parts = [
        "# Коды ошибок\n",
        "Код стоит в скобках: `error[код]` не даёт собрать сайт, `warning[код]` только"
        " предупреждает. То же самое печатает `stupeni explain КОД`.\n",
    ]
    for code in codes():
        first, _, rest = (explain(code) or "").partition("\n\n")
        parts.append(f"## {code}\n\n*{_plain(first)}*\n")
        said = re.findall(r"^([^:\n]+): (.+(?:\n(?![^:\n]+: ).+)*)", rest, re.MULTILINE)
        parts.append("\n".join(f"- **{label}:** {_example(words)}" for label, words in said) + "\n")
    return "\n".join(parts)


def fields() -> str:
    """Every file with every key: what kind of value, whether needed, the default, what it means."""
    parts = [
        "# Поля файлов\n",
        "Пояснения — по-английски, из самих моделей; их же показывает редактор"
        " (см. `schema/README.md`). Пустое значение и ключ, которого нет, — одно и то же.\n",
    ]
    told: set[type[Record]] = set()
    for model in FILES:
        path, _, words = (model.__doc__ or "").partition(":")
        path, words = (ENTRY_PATH, model.__doc__ or "") if model is EntryBase else (path, words)
        parts.append(f"## `{path.strip()}`\n")
        parts.append(f"{words.strip()}\n" if words.strip() else "")
        parts.append(_record(model, ()))
        for inner in (one for one in _records_in(model) if one not in told):
            told.add(inner)
            parts += [f"### {inner.__name__}\n", f"{inner.__doc__}\n", _record(inner, ())]
        for name, kind in KINDS.items() if model is EntryBase else ():
            common = tuple(EntryBase.model_fields)
            parts += [f"### `kind: {name}`\n", f"{kind.__doc__}\n", _record(kind, common)]
    return "\n".join(part for part in parts if part)


def vocabularies() -> str:
    """Every word that can be chosen, and the keys where it stands."""
    parts = ["# Слова на выбор\n", "В файле пишут код, на странице стоят слова.\n"]
    for name, vocabulary in read_vocabularies(HOME / "schema" / "vocabulary").items():
        keys = sorted(
            {f"`{key}`" for m in FILES_AND_KINDS for key, v in chosen(m).items() if v == name}
        )
        parts.append(f"## {name}\n\n{vocabulary.title}. Где стоят: {', '.join(keys)}.\n")
        rows = ((f"`{t.code}`", t.ru, t.en, t.source or "") for t in vocabulary.terms)
        parts.append(_table(("код", "по-русски", "по-английски", "источник"), rows))
    return "\n".join(parts)


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
        _table(head, rows),
        "На странице ступени от фамилии остаётся первая буква.\n",
        "Сверх таблицы действует согласие родителей: без действующего согласия на обработку не"
        " показывается ничего и никому, а шире `family` — только то, на что есть согласие с такой"
        " же или большей аудиторией. С возраста, который назначила школа, нужна и подпись"
        " ученика.\n",
        "Правило есть, а страниц эта версия ещё не собирает:\n",
        "\n".join(planned) + "\n",
        "## У кого есть карточка\n",
        _table(("имя в access.yml", "кто", "что открывает"), holders),
        "Карточка учителя, завуча и директора делается, пока действует приказ из `people.yml`;"
        " код события — до дня, названного в `access.yml`.\n",
    ))  # fmt: skip


def sealed_format() -> str:
    """The format's own text, whole."""
    words = "Для разработчиков; источник — `schema/seal-v1.md`. Простыми словами: "
    link = f"[что защищает запечатывание](../explanation/sealing.md).\n\n{'---'}\n\n"
    text = (HOME / "schema" / "seal-v1.md").read_text(encoding="utf-8")
    title, _, rest = text.partition("\n\n")
    return f"{title}\n\n{words}{link}{rest}"


def _columns() -> list[list[Tier]]:
    """Audiences that hold a card; those that see the same stand together."""
    together: dict[tuple[bool, ...], list[Tier]] = {}
    for held in dict.fromkeys(tier for _, tier, _ in HOLDERS):
        together.setdefault(tuple(held in TABLE[t] for t in TABLE), []).append(held)
    return list(together.values())


def _argument(action: argparse.Action) -> tuple[str, str, str]:
    metavar = action.metavar if isinstance(action.metavar, str) else ""
    value = metavar or (action.dest.upper() if action.nargs != 0 else "")
    names = action.option_strings or [metavar]
    called = [f"{name} {value}" if name.startswith("--") and value else name for name in names]
    choices = ", ".join(f"`{choice}`" for choice in action.choices or ())
    words = {"show this help message and exit": "показать подсказку / show help"}
    said = words.get(action.help or "", action.help or "")
    if isinstance(action, argparse._VersionAction):
        said = "показать номер версии / show the version"
    meant = "; ".join(filter(None, (said, choices)))
    return ", ".join(f"`{name}`" for name in called), meant, _default(action)


def _default(action: argparse.Action) -> str:
    if action.default in (None, argparse.SUPPRESS, False):
        return "" if action.option_strings else "нужно указать"
    return f"`{str(action.default).replace(str(Path.home()), '~')}`"


def _record(model: type[BaseModel], without: tuple[str, ...]) -> str:
    rows = []
    for name, field in model.model_fields.items():
        if name not in without:
            kind = _kind(model, name, field)
            rows.append((f"`{name}`", kind, _whether(field), _plain(field.description or "")))
    return _table(("ключ", "значение", "если нет", "what it is"), rows)


def _whether(field: FieldInfo) -> str:
    if field.is_required():
        return "**нужно**"
    default = field.default
    if default in (None, ()) or isinstance(default, Record):
        return "пусто"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def _kind(model: type[BaseModel], name: str, field: FieldInfo) -> str:
    said = _type(field.rebuild_annotation())
    listed = chosen(model).get(name)
    if listed == "acts":
        return said.replace("слово", "код из [списка актов](acts.md)")
    return (
        said.replace("слово", f"слово из [{listed}](vocabularies.md#{listed})") if listed else said
    )


def _type(annotation: Any) -> str:
    """A type in words: what a person may write there."""
    for known, words in KINDS_OF_VALUE:
        if annotation == known:
            return words
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return f"{_type(inside[0])}{_limits(inside[1:])}"
    if origin is Literal:
        return ", ".join(f"`{choice}`" for choice in inside)
    if origin in (Union, types.UnionType):
        return _type(next(one for one in inside if one is not type(None)))
    if origin is tuple:
        return f"список: {_type(inside[0])}"
    return f"[{annotation.__name__}](#{annotation.__name__.lower()})"


def _limits(constraints: Iterable[Any]) -> str:
    flat = [one for outer in constraints for one in getattr(outer, "metadata", (outer,))]
    words = (("от", "ge"), ("до", "le"))
    found = ((word, getattr(one, name, None)) for word, name in words for one in flat)
    return "".join(f" {word} {limit}" for word, limit in found if limit is not None)


def _records_in(model: type[BaseModel]) -> list[type[Record]]:
    """Records inside a file's record, each once, in the order they are met."""
    found: list[type[Record]] = []
    for field in model.model_fields.values():
        for record in _records_of(field.annotation):
            found += [one for one in (record, *_records_in(record)) if one not in found]
    return found


def _records_of(annotation: Any) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in get_args(annotation):
        yield from _records_of(part)


def _table(head: tuple[str, ...], rows: Any) -> str:
    lines = (head, ("---",) * len(head), *rows)
    return "".join(f"| {' | '.join(cell or ' ' for cell in line)} |\n" for line in lines)


def _plain(words: str) -> str:
    """Words that Markdown shows as they are."""
    outside = re.split(r"(`[^`]*`)", " ".join(words.split()))
    return "".join(p if p[:1] == "`" else re.sub(r"([\\*_\[\]<>#|])", r"\\\1", p) for p in outside)


def _example(words: str) -> str:
    words = " ".join(words.split())
    is_code = re.match(r'[-"\w./]*[a-z]["\w./]*: |[-"<]|[a-z./-]+\.\w+$', words)
    return f"`{words}`" if is_code and not re.search("[а-яё]{3}.* — ", words) else _plain(words)


if __name__ == "__main__":
    os.environ.pop("STUPENI_PRIVATE", None)
    write_pages(FOLDER)
