"""Models and labels -> fields.md. What can stand in which file?"""

import ast
import datetime as dt
import inspect
import types
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from textwrap import dedent
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from generator.model.entry import EntryBase
from generator.model.kinds import KINDS
from generator.model.policy import LADDER, Visibility
from generator.model.record import FileRecord, From, Id, Line, Prose, Record, Word, Year, records_in
from generator.model.schemas import FILES as RECORDS
from generator.model.schemas import PLACES
from generator.model.school import SiteId
from tests.reference.markdown import plain, table
from tests.wording import WORDS

LABELS = WORDS.labels
FILES: Mapping[type[FileRecord], str] = {
    EntryBase if name == "entry" else RECORDS[name]: place
    for name, place in reversed(tuple(PLACES.items()))
}
"""Model -> the files it is read from; the family's own first."""
KINDS_OF_VALUE: tuple[tuple[object, str], ...] = (
    (Line, "строка"),
    (Prose, "текст"),
    (Word, "слово"),
    (Id, "имя латиницей"),
    (Year, "учебный год"),
    (SiteId, "16 знаков 0-9, a-f"),
    (Visibility, "[кому показать](#visibility)"),
    (dt.date, "день"),
    (int, "целое число"),
    (bool, "`true` или `false`"),
    (str, "строка"),
)


def fields() -> str:
    """Every file with every key: what it is, what may stand there, whether it is needed."""
    parts = [
        "# Поля файлов\n",
        "Те же слова показывает редактор (см. `schema/README.md`). Пустое значение и ключ,"
        " которого нет, — одно и то же. Последний столбец — для разработчиков.\n",
    ]
    told: set[type[Record]] = set()
    for model, path in FILES.items():
        label = LABELS.record(model)
        parts.append(f"## `{path.replace('*', '…')}` {{ #{model.__name__.lower()} }}\n")
        parts.append(f"{_said(label.title, label.description)}\n")
        parts.append(_keys(model, tuple(model.model_fields)))
        for kind, entry in KINDS.items() if model is EntryBase else ():
            parts += _section(entry, f"kind: {kind}", _own_keys(entry))
        for record in (one for one in records_in_file(model) if one not in told):
            told.add(record)
            parts += _section(record, "", tuple(record.model_fields))
    return "\n".join((*parts, _ladder()))


def records_in_file(model: type[FileRecord]) -> tuple[type[Record], ...]:
    """Records inside a file, each once, as they are met; not the kinds of entry."""
    tops: tuple[type[Record], ...] = (model, *KINDS.values()) if model is EntryBase else (model,)
    return tuple(dict.fromkeys(record for top in tops for record in records_below(top)))


def records_below(model: type[Record]) -> Iterator[type[Record]]:
    """Records inside a record, as they are met."""
    for field in model.model_fields.values():
        for record in records_in(field.annotation):
            yield record
            yield from records_below(record)


def _own_keys(model: type[Record]) -> tuple[str, ...]:
    return tuple(key for key in model.model_fields if key not in EntryBase.model_fields)


def _section(model: type[Record], name: str, keys: tuple[str, ...]) -> list[str]:
    label = LABELS.record(model)
    code = f" — `{name}`" if name else ""
    anchor = f" {{ #{model.__name__.lower()} }}"
    return [
        f"### {label.title}{code}{anchor}\n",
        f"{plain(label.description)}\n",
        _keys(model, keys),
    ]


def _keys(model: type[Record], keys: tuple[str, ...]) -> str:
    rows = []
    for key in keys:
        field, label = model.model_fields[key], LABELS.field(model, key)
        said = _said(label.title, label.description)
        english = plain(_docstrings(model).get(key, ""))
        kind = _type(field.rebuild_annotation())
        rows.append((f"`{key}`", said, kind, _whether(field), english))
    return table(("ключ", "что это", "что писать", "если нет", "in English"), rows)


@cache
def _docstrings(model: type[Record]) -> Mapping[str, str]:
    """Field -> the string below it in its class or in one above. Only this page needs them, so
    nobody's command reads its own source for them."""
    found: dict[str, str] = {}
    for owner in (one for one in reversed(model.__mro__) if issubclass(one, Record)):
        body = ast.parse(dedent(inspect.getsource(owner))).body[0]
        assert isinstance(body, ast.ClassDef)
        for field, below in pairwise(body.body):
            if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr):
                key, said = ast.unparse(field.target), ast.literal_eval(below.value)
                found[key] = inspect.cleandoc(said)
    return found


def _said(title: str, description: str) -> str:
    return f"**{plain(title)}.** {plain(description)}"


def _whether(field: FieldInfo) -> str:
    if field.is_required():
        return "**нужно**"
    default = field.default
    if default in (None, ()) or isinstance(default, Record):
        return "пусто"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def _type(annotation: Any) -> str:
    """A type in words: what a person may write there."""
    for known, words in KINDS_OF_VALUE:
        if annotation == known:
            return words
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        listed = next((one.vocabulary for one in inside[1:] if isinstance(one, From)), "")
        return _word(listed) if listed else f"{_type(inside[0])}{_limits(inside[1:])}"
    if origin is Literal:
        return _choice(inside)
    if origin in (Union, types.UnionType):
        return _type(next(one for one in inside if one is not type(None)))
    if origin is tuple:
        return f"список: {_type(inside[0])}"
    return f"[{LABELS.record(annotation).title}](#{annotation.__name__.lower()})"


def _word(listed: str) -> str:
    if listed == "acts":
        return "код из [списка актов](acts.md)"
    return f"слово из [{listed}](vocabularies.md#{listed})"


def _choice(values: tuple[str, ...]) -> str:
    if len(values) == 1:
        return f"`{values[0]}`"
    words = LABELS.choice(values)
    return "; ".join(f"`{value}` — {words[value]}" for value in values)


def _limits(constraints: Iterable[Any]) -> str:
    flat = [one for outer in constraints for one in getattr(outer, "metadata", (outer,))]
    words = (("от", "ge"), ("до", "le"))
    found = ((word, getattr(one, name, None)) for word, name in words for one in flat)
    return "".join(f" {word} {limit}" for word, limit in found if limit is not None)


def _ladder() -> str:
    words = LABELS.choice(LADDER)
    rows = ((f"`{value}`", words[value]) for value in LADDER)
    return "\n".join((
        "## Кому показать { #visibility }\n",
        "Каждая следующая строка шире прежней; показывает ли её сайт, решает и согласие:"
        " [кто что видит](who-sees-what.md).\n",
        table(("что писать", "кто увидит"), rows),
    ))  # fmt: skip
