"""Words people chose from lists -> diagnostics. Are they ours, and may they stand here?"""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache, partial

from generator.check.inspection import Inspection
from generator.diagnostic import Diagnostic, Key, Place, Text, quote
from generator.model.record import Record
from generator.model.vocabulary import chosen
from generator.say import choose


def word_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A word is not in its vocabulary.

    Что это значит: здесь можно выбрать только слово из списка; все списки лежат в
    schema/vocabulary.
    Почему важно: по этим словам записи находят, переводят и считают (R-012, R-015).
    Не так: result: 1 место
    А так: result: winner
    """
    for record in at.records:
        for keys, name, code in _chosen(record):
            if code in at.codes.get(name, ()):
                continue
            vocabulary = at.school.vocabularies.get(name)
            yield Diagnostic(
                record.place(*keys),
                "word-unknown",
                Text(
                    f"слова {quote(code)} нет в списке {name}",
                    f"the word {quote(code)} is not in the list {name}",
                ),
                choose(code, vocabulary.choices if vocabulary else ()),
            )


def word_not_in_force(at: Inspection) -> Iterator[Diagnostic]:
    """A word could not be used yet, or no longer, on the day of the entry, event or achievement.

    Что это значит: в списке у слова стоит первый или последний день (since, until), а рассказано
    о другом времени.
    Почему важно: правила меняются, и прошлое называют словами того времени (R-006, R-163).
    Не так: scheme: gto18, date: 2022-05-20 — тогда ступеней было 11
    А так: scheme: gto11, date: 2022-05-20
    """
    for place, told, start, end in _dated(at):
        if at.limited.keys().isdisjoint(chosen(type(told)).values()):
            continue
        for keys, name, code in _chosen(told):
            term = at.limited.get(name, {}).get(code)
            if not term or ((term.since or end) <= end and start <= (term.until or start)):
                continue
            since, until = quote(term.since), quote(term.until)
            ru = [f"с {since}"] * bool(term.since) + [f"по {until}"] * bool(term.until)
            en = [f"from {since}"] * bool(term.since) + [f"until {until}"] * bool(term.until)
            yield Diagnostic(
                place(*keys),
                "word-not-in-force",
                Text(
                    f"слово {quote(code)} действует {' '.join(ru)}, а это было {quote(end)}",
                    f"the word {quote(code)} is in force {' '.join(en)}; this was on {quote(end)}",
                ),
                Text(
                    f"проверьте дату или выберите слово того времени в списке {name}",
                    f"look at the date, or choose a word of that time from the list {name}",
                ),
            )


def programme_off(at: Inspection) -> Iterator[Diagnostic]:
    """An entry belongs to a programme whose results the school does not keep here.

    Что это значит: в school.yml в switches.programmes этой программы нет.
    Почему важно: положение школы говорит, результаты каких программ хранит портфолио
    (001 §3.1, R-003).
    Не так: programmes: [noo, ooo, soo], а у записи programme: vocational
    А так: programme: ooo, или школа добавит vocational в programmes
    """
    kept = at.school.settings.switches.programmes
    for _, entry in at.entries if kept else ():
        if entry.programme and entry.programme not in kept:
            yield Diagnostic(
                entry.place("programme"),
                "programme-off",
                Text(
                    f"результаты программы {quote(entry.programme)} школа здесь не хранит",
                    f"the school keeps no results of the programme {quote(entry.programme)} here",
                ),
                Text(
                    f"здесь бывает: {', '.join(quote(one) for one in kept)}; или уберите строку",
                    f"known here: {', '.join(quote(one) for one in kept)}; or take the line out",
                ),
                "warning",
            )


def _chosen(record: Record) -> Iterator[tuple[Key, str, str]]:
    """Every word chosen from a list: its keys, the name of the list, the word."""
    for name, listed in _branches(type(record)):
        value = getattr(record, name)
        several = type(value) is tuple
        for index, item in enumerate(value if several else (value,)):
            key: Key = (name, index) if several else (name,)
            if isinstance(item, Record):
                for inside, within, word in _chosen(item):
                    yield (*key, *inside), within, word
            elif item and listed:
                yield key, listed, item


@cache
def _branches(model: type[Record]) -> tuple[tuple[str, str], ...]:
    """Fields that are words or hold records with words: the name, and of a word its list."""
    found: dict[str, str] = {}
    for keys, listed in chosen(model).items():
        name, _, inside = keys.partition(".")
        found[name] = "" if inside else listed
    return tuple(found.items())


def _dated(at: Inspection) -> Iterator[tuple[Callable[..., Place], Record, dt.date, dt.date]]:
    """Whatever happened on days: what gives its places, the record, its first and last day."""
    for item in at.items:
        if item.start and item.day:
            yield item.place, item.told, item.start, item.day
    for index, event in enumerate(at.school.events.events if at.part.commons else ()):
        place = partial(at.school.events.place, "events", index)
        yield place, event, event.date, event.date
