"""An event -> words for a person. How is it said in a narrow window?"""

import math
from collections.abc import Iterator, Mapping

from generator.diagnostic import Lang, Text
from generator.progress import Event, Stage

_NAMES: Mapping[Stage, Text] = {
    "fetching": Text("Спрашиваю хранилища учеников", "Asking students' repositories"),
    "shell": Text("Готовлю оформление", "Preparing the look"),
    "files": Text("Сверяю файлы", "Comparing files"),
    "reading": Text("Читаю портфолио", "Reading portfolios"),
    "checking": Text("Проверяю по правилам", "Checking the rules"),
    "scans": Text("Готовлю сканы", "Preparing scans"),
    "pages": Text("Запечатываю портфолио", "Sealing portfolios"),
    "sweeping": Text("Ищу личные слова на сайтах", "Seeking private words on sites"),
    "publishing": Text("Выпускаю сайты", "Publishing sites"),
}
_UNEVEN = ("fetching", "shell", "checking", "sweeping", "publishing")
"""Stages that are counted in things of very different size: no time is promised of them."""
_SOON = 2.0
"""Seconds before which nobody can know how long it will take."""
_FEW = 3
_OF = Text("{} из {}", "{} of {}")
_MB = Text("{} из {} МБ", "{} of {} MB")
_LEFT = Text("осталось около {}", "about {} left")
_TOOK = Text("за {}", "in {}")
_SECONDS, _MINUTES, _HOURS = Text("{} с", "{} s"), Text("{} мин", "{} min"), Text("{} ч", "{} h")


def words_of(event: Event, lang: Lang, width: int = 1_000) -> str:
    """One line for a person, no longer than `width`: what is said last is left out first."""
    told = _NAMES[event.stage].get(lang)
    if event.total > 1:
        told += ": " + _OF.get(lang).format(event.done, event.total)
    for more in _more(event, lang):
        if len(told) + 2 + len(more) > width:
            break
        told += f", {more}"
    return told if len(told) <= width else told[: max(0, width - 1)] + "…"


def _more(event: Event, lang: Lang) -> Iterator[str]:
    if (left := seconds_left(event)) is not None:
        yield _LEFT.get(lang).format(_rough(left, lang))
    if event.kind == "ended" and event.seconds >= 1:
        yield _TOOK.get(lang).format(_exact(round(event.seconds), lang))
    if event.total_size:
        done, total = event.size // 1_000_000, event.total_size // 1_000_000
        yield _MB.get(lang).format(done, total)


def seconds_left(event: Event) -> float | None:
    """How long it will take at the pace so far; None while nobody can know, and at the end."""
    known = event.seconds >= _SOON and event.done >= _FEW and event.stage not in _UNEVEN
    if event.kind != "done" or event.done >= event.total or not known:
        return None
    done, total = (event.size, event.total_size) if event.total_size else (event.done, event.total)
    return event.seconds * (total - done) / done if done else None


def _rough(seconds: float, lang: Lang) -> str:
    """Rounded up, so that it stands still for a while: fives of seconds, minutes."""
    if seconds <= 55:
        return _SECONDS.get(lang).format(max(5, 5 * math.ceil(seconds / 5)))
    if seconds <= 3540:
        return _MINUTES.get(lang).format(math.ceil(seconds / 60))
    return _HOURS.get(lang).format(math.ceil(seconds / 3600))


def _exact(seconds: int, lang: Lang) -> str:
    minutes, rest = divmod(seconds, 60)
    parts = [_MINUTES.get(lang).format(minutes)] if minutes else []
    return " ".join(parts + [_SECONDS.get(lang).format(rest)] * (rest > 0))
