"""A day, a numbered paper -> words. How are they said on a page?"""

import datetime as dt
from collections.abc import Mapping

from generator.diagnostic import Text

_MONTHS = Text(
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "January February March April May June July August September October November December",
)
_SPACE = "\N{NO-BREAK SPACE}"

WHO: Mapping[str, Text] = {
    "public": Text("все, без кода", "everybody, without a code"),
    "level": Text("вся ступень и гости праздника", "the whole level and guests of an event"),
    "class": Text("класс", "class"),
    "commission": Text("комиссия", "commission"),
    "staff": Text("завуч и директор", "deputy head and head"),
    "teacher": Text("классный руководитель", "class teacher"),
    "family": Text("своя семья", "the own family"),
}
"""Who reads an edition, the widest first: there a mistake hurts most."""


def say_day(day: dt.date) -> Text:
    """«14 марта 2026 г.», with spaces that do not break."""
    ru, en = (months.split()[day.month - 1] for months in (_MONTHS.ru, _MONTHS.en))
    return Text(
        _SPACE.join((str(day.day), ru, str(day.year), "г.")),
        _SPACE.join((str(day.day), en, str(day.year))),
    )


def say_paper(what: Text, number: str, day: dt.date) -> Text:
    """«приказ № 5 от 14 марта 2026 г.»"""
    said, numbered = say_day(day), say_number(number)
    # Who writes «приказ № 5» for a number has said already what paper it is.
    named = join((what, numbered), " ") if numbered != same(number) else numbered
    return Text(f"{named.ru} от{_SPACE}{said.ru}", f"{named.en} of {said.en}")


def say_number(number: str) -> Text:
    """«№ 5»; a number that already has its sign stays as it is."""
    return same(number) if "№" in number else Text(f"№{_SPACE}{number}", f"No.{_SPACE}{number}")


def join(parts: tuple[Text, ...], between: str = ", ") -> Text:
    """Words one after another; empty ones left out."""
    return Text(
        between.join(part.ru for part in parts if part.ru),
        between.join(part.en for part in parts if part.en),
    )


def same(words: str) -> Text:
    """Words a person wrote: the same in both languages."""
    return Text(words, words)
