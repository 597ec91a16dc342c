"""Figures -> the targets of build.md, each beside what was measured. Is it so?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.bench.store import Figures

SET_FOR = 1200
LARGE = 12000
SCANS = 15000


@dataclass(frozen=True)
class Target:
    """One promise."""

    id: str
    what: str
    aim: str
    measured: str
    met: bool | None
    """None where nothing was measured, or where the line only stands beside for comparison."""


@dataclass(frozen=True)
class Aim:
    """A promise that some number is at most so much."""

    id: str
    what: str
    most: float
    places: int = 0
    """Digits after the comma."""


def find_targets(figures: Figures) -> list[Target]:
    """T1 to T8, T10, T11; at the size they were set for, else at the largest there is."""
    size = chosen_size(figures)
    return [
        *_beside_mkdocs(figures, size),
        *_beside_hugo(figures, size),
        *_idle(figures, size),
        *_watched(figures),
        _memory(figures, size),
        _growth(figures),
        _most(figures, (size, "ours", "entry files"), Aim("T8", "файлов меняет правка записи", 5)),
        _most(figures, (size, "ours", "identical"), Aim("T8", "файлов меняет сборка того же", 0)),
        _known(figures),
        *_paint(figures),
    ]


def chosen_size(figures: Figures) -> int:
    """For how many students the targets are told."""
    measured = [size for size in figures.sizes if figures.cpu(size, "ours") is not None]
    if SET_FOR in measured or not measured:
        return SET_FOR
    return max(measured)


def ratio(above: float | None, below: float | None) -> float | None:
    """How many times; None when one of both is not known."""
    return above / below if above is not None and below else None


def show(number: float | None) -> str:
    """A ratio for people: `1/5,3` or `1,2`."""
    if number is None:
        return "—"
    text = f"1/{1 / number:.1f}" if 0 < number < 1 else f"{number:.2f}"
    return text.replace(".", ",")


def bare(figures: Figures, size: int) -> float | None:
    """CPU of a cold build without the share that sealing takes."""
    cold, share = figures.cpu(size, "ours"), seal_share(figures, size)
    return None if cold is None or share is None else cold * (1 - share)


def seal_share(figures: Figures, size: int) -> float | None:
    """The part of a cold build's CPU that goes into sealing."""
    part = figures.part(size, "ours")
    rooms = {k: v for k, v in (part.numbers if part else {}).items() if k.startswith("room ")}
    return rooms["room seal"] / sum(rooms.values()) if rooms else None


def _watched(figures: Figures) -> Iterator[Target]:
    yield _most(figures, (0, "watch", "page ms"), Aim("T5", "правка под `preview`, мс CPU", 50))
    whole = _most(figures, (0, "watch", "cpu ms"), Aim("T5", "", 0))
    yield replace(
        whole, what="она же под `serve --watch`: все сайты", aim="для сравнения", met=None
    )


def _beside_mkdocs(figures: Figures, size: int) -> Iterator[Target]:
    cold, theme, entry = (figures.cpu(size, "ours", row) for row in ("cold", "theme", "entry"))
    for id, what, ours, aim in (
        ("T1", "с нуля, сканы известны", cold, 4),
        ("T1", "то же без запечатывания", bare(figures, size), 5),
        ("T2", "сменили тему", theme, 9),
        ("T3", "правка одной записи", entry, 40),
    ):
        yield _part(figures, size, (id, f"{what} ÷ mkdocs"), ours, aim)
        one = ratio(ours, figures.cpu(size, "mkdocs-one"))
        beside = f"{what} ÷ mkdocs, где страница на ученика"
        yield Target(id, beside, "для сравнения", show(one), None)


def _part(
    figures: Figures, size: int, name: tuple[str, str], ours: float | None, aim: int
) -> Target:
    found = ratio(ours, figures.cpu(size, "mkdocs"))
    told = show(found) if found is not None else figures.why(size, "mkdocs")
    return Target(*name, f"≤ 1/{aim}", told, None if found is None else found <= 1 / aim)


def _beside_hugo(figures: Figures, size: int) -> Iterator[Target]:
    ours = figures.cpu(size, "ours", "entry")
    found = ratio(ours, figures.cpu(size, "hugo", "entry"))
    told = show(found) if found is not None else figures.why(size, "hugo")
    met = None if found is None else found <= 1 / 6
    yield Target("T3", "правка одной записи ÷ Hugo", "≤ 1/6", told, met)
    one = show(ratio(ours, figures.cpu(size, "hugo-one", "entry")))
    beside = "правка одной записи ÷ Hugo, где страница на ученика"
    yield Target("T3", beside, "для сравнения", one, None)


def _idle(figures: Figures, size: int) -> Iterator[Target]:
    idle = figures.cpu(size, "ours", "idle")
    yield _part(figures, size, ("T4", "ничего не изменилось ÷ mkdocs"), idle, 60)
    where = (size, "ours", "written")
    yield _most(figures, where, Aim("T4", "файлов и папок при этом тронуто", 0))


def _memory(figures: Figures, size: int) -> Target:
    cost = figures.cost(size, "ours")
    main = cost.main if cost and cost.main else None
    what = "память сборки с нуля, МБ, без рабочих процессов"
    return _judge(Aim("T6", what, 120), main, figures.why(size, "ours"))


def _growth(figures: Figures) -> Target:
    each = [ratio(figures.cpu(n, "growth"), n) for n in (LARGE, SET_FOR)]
    found = ratio(*each)
    what = f"на ученика: {LARGE} ÷ {SET_FOR} учеников, без сканов"
    return _judge(Aim("T7", what, 1.2, 2), found, figures.why(LARGE, "growth"))


def _known(figures: Figures) -> Target:
    what = f"{SCANS} известных сканов, с CPU"
    return _judge(Aim("T10", what, 1, 2), figures.cpu(0, "known"), figures.why(0, "known"))


def _paint(figures: Figures) -> Iterator[Target]:
    for name, what in (("words", "слов"), ("picture", "первой картинки")):
        found = figures.number(0, "paint", f"ratio {name}")
        whole = f"от перехода до {what}: запечатанная ÷ она же открытая, 6 × медленнее"
        if name == "words":
            yield _judge(Aim("T11", whole, 1.1, 2), found, figures.why(0, "paint"))
        else:
            yield Target("T11", whole, "для сравнения", show(found), None)


def _most(figures: Figures, where: tuple[int, str, str], aim: Aim) -> Target:
    size, name, _ = where
    return _judge(aim, figures.number(*where), figures.why(size, name))


def _judge(aim: Aim, found: float | None, why: str) -> Target:
    most = (f"≤ {aim.most:g}" if aim.most else "0").replace(".", ",")
    if found is None:
        return Target(aim.id, aim.what, most, why, None)
    told = f"{found:.{aim.places}f}".replace(".", ",")
    return Target(aim.id, aim.what, most, told, found <= aim.most)
