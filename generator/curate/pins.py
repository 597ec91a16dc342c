"""sources.yml + what was decided -> the same file with it written in. Is nothing else touched?"""

import datetime as dt
from collections.abc import Mapping

from generator.curate.sheets import Sheets
from generator.diagnostic import Key, Text, quote
from generator.model.pinned import FILE, Source, Sources
from generator.source import Fields, append, parse, rewrite, yaml_of
from generator.source.compose import in_order
from generator.trouble import Trouble

_HEAD = (
    "Хранилища учеников: откуда получать и какое состояние одобрено (approved).\n"
    "Сайты собираются только из одобренного; двигает его `stupeni sources propose`."
)


def put_pins(
    sheets: Sheets, sources: Sources, pins: Mapping[str, str], by: str, on: dt.date
) -> None:
    """These commits approved by somebody on a day: student -> commit."""
    values: dict[Key, str] = {}
    for index, one in enumerate(sources.sources):
        if commit := pins.get(one.student):
            told = {"approved": commit, "approved_by": by, "approved_on": f"{on}"}
            values |= {("sources", index, key): value for key, value in told.items()}
    raw = sheets.read(FILE)
    made = rewrite(raw, {}, values)
    if made == raw and values:
        lines = ", ".join(f"{student}: {commit}" for student, commit in sorted(pins.items()))
        raise Trouble(
            Text(f"файл {quote(FILE)} записан так, что вписать в него не получается",
                 f"{quote(FILE)} is written in a way that nothing can be put into it"),
            Text(f"впишите approved сами: {quote(lines, 300)}",
                 f"write approved yourself: {quote(lines, 300)}"),
        )  # fmt: skip
    sheets.put(FILE, made, FILE)


def put_sources(sheets: Sheets, sources: list[Source]) -> None:
    """More sources at the end of the file, which need not be there yet."""
    raw = sheets.read(FILE)
    if not raw.strip() or not getattr(parse(FILE, raw), "value", True):
        raw = yaml_of({"sources": []}, _HEAD).encode()
    for one in sources:
        told = one.model_dump(mode="json", exclude_none=True)
        fields: Fields = in_order(Source, {key: str(value) for key, value in told.items()})
        made = append(raw, ("sources",), fields)
        sheets.put(FILE, made, f"{fields}")
        raw = sheets.read(FILE)
