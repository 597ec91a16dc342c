"""Fields -> widgets of the two editors, which speak nearly one language. How is each drawn?"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from generator.model.fields import Field

Config = dict[str, Any]
"""What becomes JSON: the language of the editors, not ours."""
Dress = Callable[[Field, Config], Config]
"""The common widget -> that of one editor."""
ENTRIES = "all"
"""The hidden collection of all entries, from which one chooses some."""
SCANS = "image/jpeg,image/png,image/webp,image/tiff,image/heic,application/pdf"
_WIDGETS: Mapping[str, str] = {
    "line": "string", "prose": "text", "day": "datetime", "number": "number", "flag": "boolean",
    "word": "select", "words": "select", "lines": "list", "scan": "file", "record": "object",
    "records": "list", "entry": "relation", "entries": "relation", "fixed": "hidden",
    "new-id": "hidden", "kept": "hidden",
}  # fmt: skip


def widgets(fields: Iterable[Field], dress: Dress) -> list[Config]:
    """A widget for each field, in their order."""
    return [_widget(field, dress) for field in fields]


def _widget(field: Field, dress: Dress) -> Config:
    kind = _WIDGETS[field.widget]
    made: Config = {"name": field.key, "widget": kind}
    if kind == "hidden":
        return dress(field, made | ({"default": field.default} if field.default else {}))
    made |= {"label": field.label, "required": field.is_needed}
    made |= {"hint": field.hint} if field.hint else {}
    return dress(field, made | _more(field, dress))


def _more(field: Field, dress: Dress) -> Config:
    """What only this kind of widget needs."""
    match field.widget:
        case "line":
            return {"pattern": list(field.pattern)}
        case "number":
            least, most = field.bounds
            return {"value_type": "int", "min": least, "max": most}
        case "word" | "words":
            options = [{"label": read, "value": code} for code, read in field.choices]
            several = {"multiple": True} if field.widget == "words" else {}
            return {"options": options, **several, **_default(field)}
        case "lines":
            line = Field("line", "line", field.label, is_needed=True, pattern=field.pattern)
            return {"field": _widget(line, dress), **_least(field)}
        case "scan":
            return {"accept": SCANS, "choose_url": False}
        case "record":
            return {"fields": widgets(field.inside, dress), "collapsed": False}
        case "records":
            return {
                "fields": widgets(field.inside, dress),
                "label_singular": field.one[:1].lower() + field.one[1:],
                "summary": f"{{{{fields.{_telling(field)}}}}}",
                **_least(field),
            }
        case "entry" | "entries":
            return {
                "collection": ENTRIES,
                "value_field": "id",
                "display_fields": ["title"],
                "search_fields": ["title"],
                "multiple": field.widget == "entries",
            }
    return {}


def _default(field: Field) -> Config:
    return {"default": field.default} if field.default else {}


def _least(field: Field) -> Config:
    return {"min": 1} if field.is_needed else {}


def _telling(field: Field) -> str:
    """The key of a record by which one knows it in a list."""
    told = ("description", "statement", "name", "what", "about", "value", "year")
    keys = {inner.key for inner in field.inside}
    return next((key for key in told if key in keys), field.inside[0].key)
