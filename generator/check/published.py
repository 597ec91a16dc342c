"""access.yml and what was published -> diagnostics. Did a lost card come back to life?"""

from collections.abc import Iterator

from generator.check.inspection import Inspection
from generator.check.people import audiences, stoppable
from generator.diagnostic import Diagnostic, Text, quote

_LONGEST = 300


def epoch_lowered(at: Inspection) -> Iterator[Diagnostic]:
    """A number in access.yml is lower than one that was already published.

    Что это значит: номер кода или ключа в epochs меньше, чем был в одном из прежних выпусков,
    или его строка исчезла. Исчезнувшая строка — это снова номер 1.
    Почему важно: с прежним номером снова оживут потерянная карточка и старая связка ключей
    (002 §7.5.6, R-139). Прежние номера помнят school/register.jsonl и папка секретов.
    Не так: был epoch: 3, стало epoch: 2 или строки нет
    А так: epoch: 3 или больше
    """
    access, published = at.school.access, at.published.epochs
    if not at.was_read(access.file):
        return
    written = {epoch.name: index for index, epoch in enumerate(access.epochs)}
    # Of somebody whose files are no longer kept nothing is sealed, under any number.
    known = audiences(at) if published else set()
    gone = {}
    for name, highest in sorted(published.items()):
        if name not in written and highest > 1 and name in known:
            gone[name] = highest
    for name, index in written.items():
        epoch, highest = access.epochs[index].epoch, published.get(name, 1)
        if epoch < highest:
            yield Diagnostic(
                access.place("epochs", index, "epoch"),
                "epoch-lowered",
                Text(
                    f"у {quote(name)} был номер {highest}, а здесь {epoch}: старая карточка ожила",
                    f"{quote(name)} had the number {highest}, here it is {epoch}: the old card "
                    "lives again",
                ),
                Text(f"впишите не меньше {highest}", f"write {highest} or more"),
            )
    if gone:
        yield _say_gone(at, gone)


def suspension_dropped(at: Inspection) -> Iterator[Diagnostic]:
    """What was suspended is open again, and nobody wrote down who allowed it.

    Что это значит: доступ был приостановлен, а строки об этом в access.yml больше нет, или её
    изменили руками.
    Почему важно: и приостановку, и возобновление записывают: кто, когда и почему (002 §7.5.6,
    R-139). Строка могла пропасть случайно, и закрытая карточка снова откроет всё.
    Не так: строку в suspended стёрли
    А так: stupeni access resume ИМЯ --reason ПОЧЕМУ --by КТО
    """
    access = at.school.access
    if not at.was_read(access.file):
        return
    stopped, known = access.stopped_on(at.today), audiences(at) | stoppable(at)
    for name in sorted(at.published.suspended):
        if name in stopped or name not in known:
            continue
        index = next((i for i, s in enumerate(access.suspended) if s.name == name), None)
        keys = ("suspended",) if index is None else ("suspended", index, "name")
        yield Diagnostic(
            access.place(*keys),
            "suspension-dropped",
            Text(
                f"доступ {quote(name)} был приостановлен, а возобновление не записано",
                f"the access of {quote(name)} was suspended, and no word says it was resumed",
            ),
            Text(
                f"верните строку в suspended или выполните: {_resume(name)}",
                f"put the line back into suspended, or run: {_resume(name)}",
            ),
        )


def _resume(name: str) -> str:
    return quote(f"stupeni access resume {name} --reason … --by …", _LONGEST)


def _say_gone(at: Inspection, gone: dict[str, int]) -> Diagnostic:
    written = (
        f"- {{name: {name}, epoch: {epoch}, reason: ключ заменён}}" for name, epoch in gone.items()
    )
    lines, count = ", ".join(quote(line, _LONGEST) for line in written), len(gone)
    return Diagnostic(
        at.school.access.place("epochs"),
        "epoch-lowered",
        Text(
            f"пропали номера, которые уже были выпущены ({count}): старые карточки ожили",
            f"numbers that were published are missing ({count}): old cards live again",
        ),
        Text(
            f"верните в epochs файла school/access.yml: {lines}",
            f"put back under epochs in school/access.yml: {lines}",
        ),
    )
