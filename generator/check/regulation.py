"""The school's regulation and its acts -> diagnostics. What is still in force today?"""

import datetime as dt
from collections.abc import Iterator

from generator.check.inspection import Inspection
from generator.diagnostic import Diagnostic, Key, Text, quote
from generator.model.entry import Act
from generator.model.law import LegalAct
from generator.model.school import Change, Regulation


def act_expired(at: Inspection) -> Iterator[Diagnostic]:
    """An act that approved the school's regulation is no longer in force.

    Что это значит: у приказа или решения совета прошёл день until, а более нового нет ни в
    самом положении, ни среди его изменений.
    Почему важно: портфолио вели бы по положению, которое больше не действует (003 §3.3.5, R-059).
    Не так: until: 2026-08-31, а на дворе октябрь
    А так: приказ продлён: в changes стоит изменение с новым приказом
    """
    for acts in _approvals(at.school.settings.regulation):
        in_force = [act for _, act in acts if act.until is None or at.today <= act.until]
        if in_force or not acts:
            continue
        keys, last = acts[-1]
        yield Diagnostic(
            at.school.settings.place("regulation", *keys, "until"),
            "act-expired",
            Text(
                f"{quote(last.number)}: срок вышел {quote(last.until)}",
                f"{quote(last.number)}: its term ended on {quote(last.until)}",
            ),
            Text(
                "внесите новый приказ или решение; если срока нет, уберите until",
                "enter the new order or decision; if it has no last day, remove until",
            ),
            "warning",
        )


def act_replaced(at: Inspection) -> Iterator[Diagnostic]:
    """The regulation rests on a legal act that has ended or was replaced.

    Что это значит: в basis назван акт, который к сегодняшнему дню отменён или заменён; даты и
    преемники всех актов лежат в schema/acts.yml.
    Почему важно: положение ссылалось бы на то, чего больше нет (003 §7.3, R-163).
    Не так: basis: [order-77-2022]
    А так: basis: [order-531-2025]
    """
    settings = at.school.settings
    for index, code in enumerate(settings.regulation.basis):
        act = at.school.acts.get(code)
        if act is None or _in_force(at, act):
            continue
        heir = _heir(at, act)
        fix = Text(
            "проверьте, что действует вместо него, и исправьте положение",
            "find out what is in force instead, and mend the regulation",
        )
        if heir:
            fix = Text(
                f"теперь действует «{heir.code}», № {heir.number} от {heir.date:%d.%m.%Y}; "
                "исправьте положение и basis",
                f'now in force is "{heir.code}", No. {heir.number} of {heir.date}; '
                "mend the regulation and basis",
            )
        yield Diagnostic(
            settings.place("regulation", "basis", index),
            "act-replaced",
            Text(f"акт {quote(code)} больше не действует", f"{quote(code)} is no longer in force"),
            fix,
            "warning",
        )


def changes_out_of_order(at: Inspection) -> Iterator[Diagnostic]:
    """The changes of the regulation do not stand in the order of their days.

    Что это значит: в changes изменение стоит после того, чей приказ новее.
    Почему важно: по порядку изменений видно, какая редакция действует (003 §7.2, R-161).
    Не так: приказ от 2026-01-20, а над ним приказ от 2026-05-20
    А так: сначала январь, потом май
    """
    settings = at.school.settings
    latest = dt.date.min
    for index, change in enumerate(settings.regulation.changes):
        if change.order.date < latest:
            yield Diagnostic(
                settings.place("regulation", "changes", index, "order", "date"),
                "changes-out-of-order",
                Text(
                    f"приказ от {quote(change.order.date)} стоит после приказа от {quote(latest)}",
                    f"the order of {quote(change.order.date)} stands after that of {quote(latest)}",
                ),
                Text(
                    "исправьте дату или поставьте изменения по порядку, старые выше",
                    "mend the date, or put the changes in order, the oldest first",
                ),
                "warning",
            )
        latest = max(latest, change.order.date)


def regulation_version(at: Inspection) -> Iterator[Diagnostic]:
    """The version of the regulation is not that of its last change in force.

    Что это значит: изменение действует со дня своего приказа; version должна быть такой, как у
    последнего из изменений, чей день настал. Изменение с будущей датой можно внести заранее,
    но пока оно не действует.
    Почему важно: на портфолио стоит, по какой редакции его вели (003 §7.2, R-161).
    Не так: version: "1", а в changes с января действует version: "2"
    А так: version: "2"
    """
    settings = at.school.settings
    regulation = settings.regulation
    begun = [change for change in regulation.changes if change.order.date <= at.today]
    ahead = {change.version for change in regulation.changes} - {one.version for one in begun}
    # Of two changes of one day the lower one is the later.
    wanted = max(reversed(begun), key=_day_of).version if begun else None
    if regulation.version == wanted or (wanted is None and regulation.version not in ahead):
        return
    version = quote(regulation.version)
    if wanted is None:
        message = Text(
            f"версия {version} ещё не действует", f"the version {version} is not in force yet"
        )
        fix = Text("пока оставьте прежнюю версию", "keep the version before it for now")
    else:
        message = Text(
            f"версия {version}, а последнее действующее изменение ввело {quote(wanted)}",
            f"the version is {version}, and the last change in force made it {quote(wanted)}",
        )
        fix = Text(f"впишите version: {quote(wanted)}", f"write version: {quote(wanted)}")
    place = settings.place("regulation", "version")
    yield Diagnostic(place, "regulation-version", message, fix, "warning")


def _approvals(regulation: Regulation) -> Iterator[list[tuple[Key, Act]]]:
    """Acts of each kind with their keys, the oldest first: one of a kind in force is enough."""
    for kind in ("council", "order"):
        later = [(("changes", i, kind), getattr(c, kind)) for i, c in enumerate(regulation.changes)]
        acts: list[tuple[Key, Act]] = [((kind,), getattr(regulation, kind)), *later]
        yield sorted(acts, key=lambda pair: pair[1].date)
    for kind in ("students_council", "parents_council"):
        act = getattr(regulation, kind)
        yield [((kind,), act)] if act else []


def _in_force(at: Inspection, act: LegalAct) -> bool:
    if act.until is not None:
        return at.today <= act.until
    after = at.school.acts.get(act.replaced_by or "")
    return after is None or at.today < (after.since or after.date)


def _heir(at: Inspection, act: LegalAct) -> LegalAct | None:
    """The act in force today that stands at the end of the row of successors."""
    seen = {act.code}
    while after := at.school.acts.get(act.replaced_by or ""):
        if after.code in seen:
            return None
        seen.add(after.code)
        if (after.since or after.date) <= at.today and _in_force(at, after):
            return after
        act = after
    return None


def _day_of(change: Change) -> dt.date:
    return change.order.date
