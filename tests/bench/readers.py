"""A school's YAML -> read whole, by us or by PyYAML alone. A child of the bench runs this."""

import datetime as dt
import gc
import sys
from pathlib import Path


def read_ours(portfolios: Path, private: Path, day: str) -> int:
    """Mistakes found by reading, checking and placing everything; each must have a line."""
    from generator.flow import job as flow
    from generator.progress import NOBODY

    gc.set_threshold(100_000)  # as the door does before every command
    job = flow.Job(
        portfolios=portfolios,
        home=Path(flow.__file__).parents[2],
        output=private,
        private=private,
        now=dt.datetime.now(dt.UTC),
        date=dt.date.fromisoformat(day),
        by="ci",
        progress=NOBODY,
        tell=lambda _: None,
    )
    found = flow.find_mistakes(job).diagnostics
    if not all(one.place.line for one in found):
        sys.exit("a mistake was found but not its line")
    return len(found)


def read_plain(portfolios: Path) -> int:
    """Files read by PyYAML's fastest loader: no strictness, no places, no models, no checks."""
    import yaml

    files = [path for path in portfolios.rglob("*.yml") if path.is_file()]
    for path in files:
        with path.open("rb") as file:
            yaml.load(file, yaml.CSafeLoader)
    return len(files)


if __name__ == "__main__":
    how, school, secrets, today, target = sys.argv[1:]
    is_ours = how == "ours"
    count = read_ours(Path(school), Path(secrets), today) if is_ours else read_plain(Path(school))
    Path(target).write_text(str(count), encoding="utf-8")
