"""Figures -> docs/reference/performance.md and its JSON. What was aimed at, and what is true?"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from tests.bench.clock import middle
from tests.bench.leaks import KINDS
from tests.bench.peers import PINS
from tests.bench.store import Figures, Part
from tests.bench.targets import (
    SET_FOR,
    Target,
    chosen_size,
    find_targets,
    ratio,
    seal_share,
    show,
)

MADE = "<!-- python -m tests.bench --out docs/reference -->\n\n"
OURS = {
    "cold": "мы, с нуля: проверка и запечатывание, сканы известны",
    "theme": "мы, сменили тему",
    "entry": "мы, правка одной записи",
    "idle": "мы, ничего не изменилось",
    "check": "мы, только `stupeni check`",
    "whole": "мы, с нуля вместе со сканами",
}
PEERS = {
    "mkdocs": "MkDocs + Material, те же страницы, `navigation.prune`",
    "mkdocs-one": "MkDocs + Material, страница на ученика, `navigation.prune`",
    "mkdocs-nav": "MkDocs + Material, страница на ученика, навигация как есть",
    "zensical": "Zensical, те же страницы, `navigation.prune`",
    "zensical-one": "Zensical, страница на ученика, `navigation.prune`",
    "hugo": "Hugo, те же страницы, наименьшая тема",
    "hugo-one": "Hugo, страница на ученика, наименьшая тема",
}
LOCKS = {
    "staticrypt": "MkDocs и StatiCrypt, один пароль на всех",
    "staticrypt-each": "MkDocs и StatiCrypt, пароль каждому кругу читателей",
    "encryptcontent": "MkDocs с encryptcontent, пароль каждому кругу читателей",
}
_RUNS = {"cold": "с нуля", "entry": "правка одной записи", "idle": "то же ещё раз"}
_ROOMS = {
    "start": "запуск Python", "load": "прочитать", "check": "проверить",
    "decide": "решить, кому что", "media": "сканы", "shell": "оболочка страниц",
    "pages": "страницы", "seal": "запечатать",
    "sweep": "просмотреть выпуск", "release": "выпустить",
    "exposure": "кому что открыто впервые", "kept": "сохранить до следующей сборки",
    "rest": "прочее",
}  # fmt: skip
_HOW = """\
Все отношения получены на одной машине; сколько кругов, сказано в столбце «раз». Части можно мерить
порознь: когда мерили каждую, сказано в JSON. Секунды двух машин сравнивать нельзя, отношения —
можно. Время — секунды процессора (своё и системное, с дочерними процессами) и секунды по часам;
медиана, каждый запуск — новый процесс.
Память — самого большого процесса. Шум: на занятой машине секунды процессора одной и той же работы
расходятся до пятой части, секунды по часам — в разы; столбец «занято» говорит, сколько программ
ждали процессора.

Повторить: `make bench`; по частям: `python -m tests.bench --size 300 --only ours,mkdocs`; собрать
эту страницу из того, что измерено: `python -m tests.bench --report --out docs/reference`.
Прерванное продолжается с того же места.

Те же страницы: мы делаем страницу для каждого круга читателей, и столько же страниц с теми же
словами получают другие, обычным Markdown; картинки им даны готовыми, их только копируют.
«Страница на ученика» — то, что опубликовал бы тот, кто никого ни от кого не закрывает: всё, что
видит семья. Цели T1–T4 считаются от тех же страниц, отношение к странице на ученика стоит рядом.
MkDocs и Material без `navigation.prune` растут квадратично: каждая страница несёт всю навигацию.
Поэтому полное сравнение — с `prune`, а навигация «как есть» измерена только на страницах
учеников. Другие не проверяют данных, не решают, кому что видно, и ничего не запечатывают; тема
Hugo — десяток строк, и это ему в пользу. `mkdocs build` всегда собирает всё заново: его правка
стоит столько же, сколько сборка с нуля (`--dirty` портит поиск и навигацию).

На 3000 и 12 000 учеников школа без сканов, у нас и у других: приготовить 45 000 сканов — час.

StatiCrypt, encryptcontent и Zensical измерены на школе в 300 учеников: дальше они растут линейно,
а ждать пришлось бы часами. StatiCrypt запирает только страницы: указатель поиска и картинки
остаются открытыми; без поиска слова в нём не прочесть, адреса и картинки — по-прежнему."""

_REASONS = {
    "T1": "страницу получает каждый круг читателей, на каждого ученика около семи; на них самих "
    "уходит больше четверти, потом запечатывание, решения, выпуск и сохранённое для следующей "
    "сборки; без любой части, кроме страниц, цели всё ещё не было бы",
    "T2": "данные не читаются и страницы не заполняются заново, но все страницы всех кругов "
    "открываются, переодеваются, сжимаются и запечатываются",
    "T3": "списки и указатели ступени делаются заново целиком; прежние работы читаются с диска; "
    "папки обходятся, а новое просматривается",
    "T6": "61 МБ занимают программа и её модели до первого файла; дальше — школа, отпечатки файлов "
    "и сканов, то, что списки показывают об учениках",
    "T7": "учеников читают по сотне; больше всего школу целиком обходили для каждой сотни проверки "
    "и решения; теперь вчетверо меньше, но не всё: краткие сведения об учениках ещё обходят",
    "T8": "связки ключей и листы отметок меняются все сразу, чтобы по изменившимся нельзя было "
    "узнать настоящие",
    "T10": "запуск программы и обход папок",
    "T11": "прежде страницы приходит закрытая, с неё начинаются связка и лист отметок; потом та же "
    "страница разбирается с самого начала",
}
"""Target -> why it is missed, as the profiles of this program say; told only while it is missed."""

_SMALL = 100
"""Of fewer students nearly all of a build is its start."""


def to_markdown(figures: Figures) -> str:
    """The page for people."""
    return MADE + "\n".join(_lines(figures)).strip() + "\n"


def to_json(figures: Figures) -> str:
    """The same for programs, with every single run."""
    whole = {
        "targets": [asdict(target) for target in find_targets(figures)],
        "parts": [asdict(part) for part in figures],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _lines(figures: Figures) -> Iterator[str]:
    yield "# Скорость\n"
    yield f"Измерено {_days(figures)} на сгенерированных школах; {_machine(figures)}.\n"
    yield _HOW + "\n"
    yield from _targets(figures)
    for size in figures.sizes:
        yield from _size(figures, size)
    yield from _growth(figures)
    yield from _rooms(figures)
    yield from _locks(figures)
    yield from _functions(figures)


def _days(figures: Figures) -> str:
    days = sorted({part.when[:10] for part in figures if part.when})
    return " и ".join(dict.fromkeys((days[0], days[-1]))) if days else "никогда"


def _machine(figures: Figures) -> str:
    part = figures.part(0, "machine")
    told = [f"{name}: {value}" for name, value in (part.notes if part else {}).items()]
    pins = dict.fromkeys(pin for pins in PINS.values() for pin in pins)
    return "; ".join((*told, "рядом: " + ", ".join(pins)))


def _targets(figures: Figures) -> Iterator[str]:
    yield "## Цели\n"
    size = chosen_size(figures)
    yield f"Поставлены для {SET_FOR} учеников; здесь — на {size}.\n"
    if size < _SMALL:
        yield "На малой школе почти всё время — запуск и оболочка страниц: это проба, не ответ.\n"
    yield from _table(
        ("цель", "что", "надо", "есть", ""),
        ((t.id, t.what, t.aim, t.measured, _met(t)) for t in find_targets(figures)),
    )
    missed = {t.id for t in find_targets(figures) if t.met is False}
    yield from (f"- {id}: {why}." for id, why in _REASONS.items() if id in missed)
    yield "\nT9 (сканы рядом с vipsthumbnail и sigal) печатает `python -m tests.bench.scans`.\n"


def _met(target: Target) -> str:
    if target.met is None:
        return ""
    return "да" if target.met else "**нет**"


# ---- one size ----


def _size(figures: Figures, size: int) -> Iterator[str]:
    ours = figures.part(size, "ours")
    rows = [*_our_rows(figures, size), *_peer_rows(figures, size)]
    if not rows:
        return
    yield f"## {size} учеников\n"
    if ours and "pages" in ours.numbers:
        n = ours.numbers
        yield (
            f"Записей у каждого: {ours.entries}; сканов {n['scans']:.0f}; мы публикуем "
            f"{n['pages']:.0f} страниц, {n['files']:.0f} файлов, {n['bytes'] / 1e6:.0f} МБ.\n"
        )
    if ours and "search works" in ours.numbers:
        n = ours.numbers
        yield (
            f"Поиск завуча той ступени, где он тяжелее всего: {n['search works']:.0f} работ, "
            f"{_number(n['search bytes'] / 1000, 1)} КБ gzip (цель: 50); связка ключей любой "
            f"карточки: {_number(n['ring bytes'] / 1000, 1)} КБ.\n"
        )
    head = ("что", "CPU, с", "часы, с", "память, МБ", "÷ mkdocs", "раз", "занято")
    yield from _table(head, rows, right=1)
    whole, cold = (figures.cpu(size, "ours", row) for row in ("whole", "cold"))
    scans = figures.number(size, "ours", "scans")
    if whole is not None and cold is not None and scans:
        each = _number(1000 * (whole - cold) / scans, 1)
        yield f"Сканы: {_number(whole - cold, 1)} с, {each} мс на каждый.\n"
    yield from _changes(figures, size)


def _our_rows(figures: Figures, size: int) -> Iterator[tuple[str, ...]]:
    part = figures.part(size, "ours")
    for row, label in OURS.items() if part else ():
        if part and part.costs.get(row):
            yield _row(figures, part, row, label)


def _peer_rows(figures: Figures, size: int) -> Iterator[tuple[str, ...]]:
    for name, label in PEERS.items():
        part = figures.part(size, name)
        if part is None:
            continue
        if part.missing:
            yield (label, part.missing, "", "", "", "", "")
        pages = f" ({part.numbers['pages']:.0f} страниц)" if "pages" in part.numbers else ""
        for row in part.costs:
            yield _row(figures, part, row, f"{label}{pages}, {_RUNS[row]}")


def _row(figures: Figures, part: Part, row: str, label: str) -> tuple[str, ...]:
    cost = middle(part.costs[row])
    return (
        label,
        _number(cost.cpu, 2),
        _number(cost.wall, 2),
        f"{cost.memory:.0f}",
        show(ratio(cost.cpu, figures.cpu(part.students, "mkdocs"))),
        str(len(part.costs[row])),
        _number(part.load, 1),
    )


def _changes(figures: Figures, size: int) -> Iterator[str]:
    names = {"ours": "мы"} | PEERS
    parts = [part for name in names if (part := figures.part(size, name))]
    told = [
        f"{names[part.name]} — {part.numbers['entry files']:.0f}"
        + (f" ({part.notes['entry files']})" if "entry files" in part.notes else "")
        for part in parts
        if "entry files" in part.numbers
    ]
    if told:
        yield f"Файлов меняет правка одной записи: {'; '.join(told)}.\n"


# ---- all sizes ----


def _growth(figures: Figures) -> Iterator[str]:
    names = {"growth": "мы, без сканов", "ours": "мы, сканы известны"} | PEERS
    sizes = [size for size in figures.sizes if any(figures.cpu(size, n) for n in names)]
    if not sizes:
        return
    yield "## Рост\n"
    yield "Миллисекунды процессора на ученика, сборка с нуля; если рост линейный, они равны.\n"
    rows = []
    for name, label in names.items():
        each = [ratio(figures.cpu(size, name), size) for size in sizes]
        if any(each):
            rows.append((label, *(_number(1000 * one, 1) if one else "—" for one in each)))
    yield from _table(("что", *map(str, sizes)), rows, right=1)


def _rooms(figures: Figures) -> Iterator[str]:
    size = chosen_size(figures)
    part, share = figures.part(size, "ours"), seal_share(figures, size)
    if part is None or share is None:
        return
    yield "## На что уходит сборка\n"
    yield f"Один запуск с нуля, {size} учеников; на запечатывание — {share:.0%}.\n"
    spent = {name: part.numbers.get(f"room {name}", 0) for name in _ROOMS}
    whole = sum(spent.values())
    rows = [(_ROOMS[n], _number(cpu, 2), f"{cpu / whole:.0%}") for n, cpu in spent.items()]
    yield from _table(("что", "CPU, с", "доля"), rows, right=1)


def _locks(figures: Figures) -> Iterator[str]:
    sizes = [s for s in figures.sizes if any(figures.part(s, name) for name in LOCKS)]
    for size in sizes:
        yield f"## Другие замки, {size} учеников\n"
        yield "Те же страницы, собранные MkDocs и закрытые другими; цена — вместе со сборкой.\n"
        names = {"ours": "мы"} | {n: w for n, w in LOCKS.items() if figures.part(size, n)}
        rows = [_lock_row(figures, size, *pair) for pair in names.items()]
        head = ("что", "с нуля, CPU", "÷ мы", "правка, CPU", "МБ", "файлов", "меняет правка")
        yield from _table((*head, "меняет сборка того же"), rows, right=1)
        yield from _leaks(figures, size, names)


def _lock_row(figures: Figures, size: int, name: str, label: str) -> tuple[str, ...]:
    part = figures.part(size, name)
    if part is None or part.missing:
        return (label, figures.why(size, name), *[""] * 6)
    cold, entry = (figures.cpu(size, name, row) for row in ("cold", "entry"))
    counts = (part.numbers.get(key) for key in ("files", "entry files", "identical"))
    files, edit, same = (f"{one:.0f}" if one is not None else "—" for one in counts)
    mega = _number(part.numbers["bytes"] / 1e6, 1) if "bytes" in part.numbers else "—"
    times = ratio(cold, figures.cpu(size, "ours"))
    times_told = _number(times, 1) if times is not None else "—"
    return (label, _maybe(cold), times_told, _maybe(entry), mega, files, edit, same)


def _leaks(figures: Figures, size: int, names: Mapping[str, str]) -> Iterator[str]:
    yield "Что из этого читается в опубликованном без пароля: найдено из тех, что искали, в любой"
    yield "обычной записи, в именах файлов и в архивах.\n"
    rows = []
    for name, label in names.items():
        part = figures.part(size, name)
        if part and any(f"leak {kind}" in part.numbers for kind in KINDS):
            n = part.numbers
            found = [f"{n[f'leak {k}']:.0f} из {n[f'secret {k}']:.0f}" for k in KINDS]
            rows.append((label, *found))
    yield from _table(("что", *KINDS.values()), rows, right=1)


def _functions(figures: Figures) -> Iterator[str]:
    for part in figures:
        found = {k: v for k, v in part.notes.items() if k.startswith("function ")}
        if found:
            yield f"## Функции, {part.students} учеников\n"
            yield "cProfile: по часам, с ожиданием; мелкие функции кажутся тяжелее, чем они есть.\n"
            rows = (tuple(text.split(" | ")) for _, text in sorted(found.items()))
            yield from _table(("функция", "вызовов", "сама, с"), rows, right=1)


# ---- words and numbers ----


def _table(
    head: tuple[str, ...], rows: Iterable[tuple[str, ...]], right: int = 99
) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' if place < right else '--:' for place in range(len(head)))} |"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _number(number: float, places: int) -> str:
    return f"{number:.{places}f}".replace(".", ",")


def _maybe(number: float | None) -> str:
    return "—" if number is None else _number(number, 1)
