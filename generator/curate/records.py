"""What a file says + the models -> the records in it. In which order do their keys belong?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from generator.diagnostic import Key
from generator.model import record
from generator.model.record import Record
from generator.model.schemas import FILES
from generator.source import Tree


@dataclass(frozen=True)
class Standing:
    """A record that stands in a file."""

    keys: Key
    order: tuple[str, ...]
    """Its keys as the model has them, the one that tells its kind first."""
    lacks_id: bool
    """Whether it is a file or an item of a list, and the id that it needs is not there."""


def records_in(file: str, tree: Tree) -> Iterator[Standing]:
    """Every record in a file of the layout; nothing below one whose kind is not known."""
    folder, _, name = file.rpartition("/")
    # Below school/ stand folders of files that are all alike, each named as it likes.
    alike = folder.removeprefix("school/") if folder != "school" else ""
    yield from _records(FILES.get(alike) or FILES.get(name.removesuffix(".yml")), tree, ())


def _records(annotation: Any, tree: Tree, keys: Key) -> Iterator[Standing]:
    if isinstance(tree, list):
        for at, item in enumerate(tree):
            yield from _records(annotation, item, (*keys, at))
    elif isinstance(tree, dict):
        models = list(record.records_in(annotation))
        telling = _telling(models)
        for model in (one for one in models if _fits(one, telling, tree)):
            fields = model.model_fields
            order = (*telling, *(name for name in model.key_order() if name not in telling))
            may_lack = not keys or isinstance(keys[-1], int)
            needs_id = "id" in fields and fields["id"].is_required()
            yield Standing(keys, order, may_lack and needs_id and "id" not in tree)
            for key in tree.keys() & fields.keys():
                yield from _records(fields[key].annotation, tree[key], (*keys, key))


def _telling(models: list[type[Record]]) -> tuple[str, ...]:
    """The keys that tell which of several models is meant: each model wants other words there."""
    if len(models) < 2:
        return ()
    return tuple(
        name
        for name in models[0].model_fields
        if len({words for model in models if (words := _words(model, name))}) == len(models)
    )


def _fits(model: type[Record], telling: tuple[str, ...], tree: dict[str, Tree]) -> bool:
    return all(tree.get(name) in _words(model, name) for name in telling)


def _words(model: type[Record], name: str) -> tuple[str, ...]:
    field = model.model_fields.get(name)
    literal = field is not None and get_origin(field.annotation) is Literal
    return get_args(field.annotation) if field and literal else ()
