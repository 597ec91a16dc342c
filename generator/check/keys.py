"""Keys that were given out + who holds them today -> diagnostics. Who kept what opens new pages?

No case is named here: a card that was lost, a child who moved, a home, an order, an event's line
that is gone are all the same. The card held a key in a release, and today it would not get it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.check.inspection import Inspection
from generator.diagnostic import Diagnostic, Text, quote
from generator.model.home import children_of
from generator.model.published import Card

_LONGEST = 300
_NAMED = 3


def key_not_raised(at: Inspection) -> Iterator[Diagnostic]:
    """Somebody must not read any more, and the keys they held still open what is made later.

    Что это значит: карточка открывала отдел сайта в одном из прежних выпусков, теперь не должна, а
    отдел заперт прежним ключом. Так бывает, когда ученик ушёл или перешёл в другой класс, дом
    вычеркнули, у класса другой учитель, приказ или событие кончились, код заменили вручную.
    Почему важно: кто сохранил старую связку ключей, прочтёт и новые страницы, хотя входа у него
    уже нет; новый ключ отдела запирает их (002 §7.5.6, R-139). Карточки остальных не меняются.
    1 сентября ничего поднимать не нужно: у общих отделов в имени учебный год.
    Пока файлы поправил человек, сборка ждёт новых ключей. Если же право кончилось само — отозвано
    или истекло согласие, ученик ушёл, кончился приказ, прошло событие, — ждать нельзя: прежний
    сайт показывал бы то, чего показывать уже не должен. Тогда это замечание, и сайт выходит.
    Не так: дом papa вычеркнули из student.yml, а child:belova-anna/family под прежним номером
    А так: stupeni access raise --reason ПОЧЕМУ --by КТО
    """
    kept: defaultdict[frozenset[Card], dict[str, int]] = defaultdict(dict)
    epochs = at.school.access.numbers
    for rings in at.rings:
        for name, cards in at.published.kept(rings, epochs).items():
            kept[cards][name] = epochs.get(name, 1) + 1
    for cards, raised in kept.items():
        audiences = sorted({audience for audience, _ in cards})
        found = _say(at, audiences, raised)
        by_itself = all(_ended_by_itself(at, audience) for audience in audiences)
        yield replace(found, severity="warning") if by_itself else found


def keys_not_compared(at: Inspection) -> Iterator[Diagnostic]:
    """There was a release, and nobody remembers who got which key in it.

    Что это значит: прежние выпуски сделаны программой, которая ещё не записывала, у какой карточки
    какие ключи, и в папке секретов этого компьютера этого тоже нет.
    Почему важно: если с тех пор кто-то потерял право читать, программа не может назвать ключи,
    которые пора заменить (002 §7.5.6, R-139). Со следующего выпуска она будет помнить.
    Не так: собрать молча, хотя дом из student.yml на днях вычеркнули
    А так: вспомнить, кто ушёл, и заменить его ключи: stupeni access rotate belova-anna
    """
    for rings in at.rings:
        if rings.level in at.published.unknown and rings.cards:
            yield Diagnostic(
                at.school.access.place("epochs"),
                "keys-not-compared",
                Text(
                    f"ступень `{rings.level}`: не записано, у кого какие ключи из прежних выпусков",
                    f"level `{rings.level}`: who got which key in earlier releases is not recorded",
                ),
                Text(
                    "если с прошлого выпуска у кого-то отняли доступ или у ребёнка стало меньше "
                    "домов, замените ключи: `stupeni access rotate ИМЯ`",
                    "if since then somebody lost access, or a child has fewer homes, replace the "
                    "keys: `stupeni access rotate NAME`",
                ),
                "warning",
            )


def _ended_by_itself(at: Inspection, audience: str) -> bool:
    """Whether a day came or a family decided, and nobody at school sits there to raise keys."""
    # Who is suspended has to be off the site with the next build, whoever wrote that down.
    if {audience, audience.partition("/")[0]} & at.school.access.stopped_on(at.today):
        return True
    kind, _, name = audience.partition(":")
    who = name.rpartition("/")[2]
    if kind == "family":
        child = name.partition("/")[0]
        children = {child} | {one.id for one, _ in children_of(at.school, child)}
        keys = {f"child:{one}/family" for one in children}
        return not any(keys & rings.cards.keys() for rings in at.rings)
    if kind in ("teacher", "staff", "commission"):
        person = at.people.get(who)
        return person is not None and person.order_on(at.today) is None
    opened = at.school.access.opened
    return any(one.name == audience and one.until < at.today for one in opened)


def _say(at: Inspection, audiences: list[str], raised: Mapping[str, int]) -> Diagnostic:
    def lines(reason: str) -> str:
        written = (f"- {{name: {n}, epoch: {e}, reason: {reason}}}" for n, e in raised.items())
        return ", ".join(quote(line, _LONGEST) for line in written)

    named, more, count = audiences[:_NAMED], len(audiences[_NAMED:]), len(raised)
    who = ", ".join(map(quote, named))
    ru, en = (f" и ещё {more}", f" and {more} more") if more else ("", "")
    return Diagnostic(
        at.school.access.place("epochs"),
        "key-not-raised",
        Text(
            f"{who}{ru}: прав нет, а ключи прежние ({count}): старая связка откроет и новое",
            f"{who}{en}: the right is gone, the keys are the same ({count}): the old ring opens "
            "new pages too",
        ),
        Text(
            "выполните `stupeni access raise --reason … --by …` или впишите в epochs файла "
            f"school/access.yml: {lines('ключ заменён')}",
            "run `stupeni access raise --reason … --by …`, or write under epochs in "
            f"school/access.yml: {lines('key replaced')}",
        ),
    )
