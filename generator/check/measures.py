"""What was measured again and again -> diagnostics. Does a student compare with nobody else?"""

import re
from collections.abc import Iterator
from itertools import pairwise

from generator.check.inspection import Inspection
from generator.diagnostic import Diagnostic, Key, Place, Text, quote
from generator.model.entry import Measure
from generator.model.kinds import Entry

_SCORE = re.compile(
    r"\b(?:оценк|отметк|балл(?!он|ад)|очк[оиа]|рейтинг|процент|ранг|норм[аыу]\b)|%"
    r"|(?<!с )\bмест[оа]\b"
    r"|\b(?:score|points?|marks?|grades?|rating|rank|place|percent|norm)\b",
    re.IGNORECASE,
)


def measure_is_a_score(at: Inspection) -> Iterator[Diagnostic]:
    """What was measured is a mark, points, a place, a percentage or a norm.

    Что это значит: в what или unit стоит слово «балл», «очки», «место», «отметка», «процент» или
    «норма».
    Почему важно: график сравнивает ученика только с ним самим (R-038); отметки стоят в results.yml,
    а место и норма — это уже сравнение с другими (003 §3.4).
    Не так: what: место на соревнованиях
    А так: what: плыву без остановки, unit: м
    """
    for entry, keys, one in _measures(at):
        for name, text in (("what", one.what), ("unit", one.unit or "")):
            if _SCORE.search(text):
                yield Diagnostic(
                    entry.place(*keys, name),
                    "measure-is-a-score",
                    Text(
                        f"{quote(text)} сравнивает с другими или ставит отметку",
                        f"{quote(text)} compares with others or gives a mark",
                    ),
                    Text(
                        "измеряйте то, что сделано: метры, секунды, страницы",
                        "measure what was done: metres, seconds, pages",
                    ),
                )


def measure_once(at: Inspection) -> Iterator[Diagnostic]:
    """Something was measured once only.

    Что это значит: в taken меньше двух измерений.
    Почему важно: сравнивать себя не с чем, и графика пока нет (R-038).
    Не так: taken: [{on: 2025-10-08, value: 5}]
    А так: taken: [{on: 2025-10-08, value: 5}, {on: 2026-04-29, value: 25}]
    """
    for entry, keys, one in _measures(at):
        if len(one.taken) < 2:
            yield _look_again(
                entry.place(*keys, "taken"),
                "measure-once",
                Text("здесь меньше двух измерений", "here are fewer than two measurings"),
                Text(
                    "измерьте ещё раз через месяц и допишите",
                    "measure again in a month and add it",
                ),
            )


def measure_out_of_order(at: Inspection) -> Iterator[Diagnostic]:
    """The measurings do not stand by their days, or one day is there twice.

    Что это значит: более раннее измерение стоит после более позднего или в один день их два.
    Почему важно: такой порядок чаще всего значит, что в дате ошибка.
    Не так: taken: [{on: 2026-04-29, value: 25}, {on: 2025-10-08, value: 5}]
    А так: taken: [{on: 2025-10-08, value: 5}, {on: 2026-04-29, value: 25}]
    """
    for entry, keys, one in _measures(at):
        for index, (before, after) in enumerate(pairwise(one.taken), start=1):
            if after.on <= before.on:
                yield _look_again(
                    entry.place(*keys, "taken", index, "on"),
                    "measure-out-of-order",
                    Text(
                        f"день {quote(after.on)} не позже того, что перед ним",
                        f"{quote(after.on)} is not after the day before it",
                    ),
                    Text("проверьте дату и поставьте дни по порядку", "put the days in order"),
                )


def measure_in_future(at: Inspection) -> Iterator[Diagnostic]:
    """Something was measured on a day that has not come yet.

    Что это значит: дата измерения позже сегодняшней.
    Почему важно: портфолио рассказывает о том, что было (R-070, достоверность).
    Не так: on: 2062-04-29
    А так: on: 2026-04-29
    """
    for entry, keys, one in _measures(at):
        for index, taken in enumerate(one.taken):
            if taken.on > at.today:
                yield Diagnostic(
                    entry.place(*keys, "taken", index, "on"),
                    "measure-in-future",
                    Text(
                        f"день {quote(taken.on)} ещё не наступил", f"{quote(taken.on)} is to come"
                    ),
                    Text("проверьте год", "look at the year"),
                )


def _measures(at: Inspection) -> Iterator[tuple[Entry, Key, Measure]]:
    for _, entry in at.entries:
        measures: tuple[Measure, ...] = entry.get("measures") or ()
        for index, one in enumerate(measures):
            yield entry, ("measures", index), one


def _look_again(place: Place, code: str, message: Text, fix: Text) -> Diagnostic:
    return Diagnostic(place, code, message, fix, "warning")
