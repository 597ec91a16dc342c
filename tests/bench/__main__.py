"""Command line -> measured parts, and the report made of them. How fast are we beside others?

What is measured is kept in $XDG_CACHE_HOME/stupeni-bench, a JSON file for each part and size,
after every round: an interrupted bench goes on where it stopped, and a part is measured anew only
when the program it is about has changed, or with --again.
"""

import argparse
import sys
from pathlib import Path

from tests.bench.parts import PARTS, Bench, Wanted
from tests.bench.peers import cache
from tests.bench.report import to_json, to_markdown
from tests.bench.store import Store

SIZES = (300, 1200, 3000)
GROWTH = (300, 1200, 3000, 12000)


def run_bench(arguments: list[str] | None = None) -> None:
    """Measures what is wanted, then writes performance.md and performance.json into `--out`."""
    given = _parse(arguments)
    store = Store(given.results)
    if not given.report:
        for size in given.sizes:
            _measure(given, store, size)
    figures, out = store.read(), Path(given.out)
    out.mkdir(parents=True, exist_ok=True)
    (out / "performance.md").write_text(to_markdown(figures), encoding="utf-8")
    (out / "performance.json").write_text(to_json(figures), encoding="utf-8")
    print(f"{out / 'performance.md'}\n{out / 'performance.json'}")


def _measure(given: argparse.Namespace, store: Store, size: int) -> None:
    wanted = Wanted(size, given.entries, given.seed, given.rounds, given.profile, given.again)
    bench = Bench(given.work, store, wanted, _tell)
    names = [name for name in given.only if size <= PARTS[name].most or given.forced]
    _tell(f"{size} учеников, раз: {given.rounds}; осталось примерно {bench.estimate(names)}")
    bench.run(names)


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--size", dest="sizes", type=_numbers, help="students: 300,1200")
    words = "the growth curve only: ours without scans, up to 12,000 students"
    size.add_argument("--large", action="store_true", help=words)
    parser.add_argument("--only", type=_names, help=f"of {', '.join(PARTS)}")
    parser.add_argument("--rounds", type=int, default=3, choices=(1, 2, 3))
    parser.add_argument("--entries", type=int, default=25, help="of every student")
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--profile", action="store_true", help="functions that take most, too")
    parser.add_argument("--again", action="store_true", help="measure anew what is known")
    parser.add_argument("--report", action="store_true", help="measure nothing, write the report")
    parser.add_argument("--results", type=Path, default=cache() / "results")
    parser.add_argument("--work", type=Path, default=cache() / "work", help="the schools")
    parser.add_argument("--out", type=Path, default=cache(), help="where the report goes")
    given = parser.parse_args(arguments)
    given.sizes = given.sizes or (GROWTH if given.large else SIZES)
    given.forced = given.only is not None
    given.only = given.only or (["growth"] if given.large else list(PARTS))
    return given


def _numbers(text: str) -> list[int]:
    return sorted(int(one) for one in text.split(","))


def _names(text: str) -> list[str]:
    names = text.split(",")
    if strangers := [name for name in names if name not in PARTS]:
        raise argparse.ArgumentTypeError(f"no such part: {', '.join(strangers)}")
    return names


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    run_bench()
