"""A student under `preview`, saved again and again -> milliseconds of CPU until the page is made.
Run by its path in a fresh process; the product is on PYTHONPATH. Is a save felt?"""

import datetime as dt
import gc
import json
import sys
import time
from pathlib import Path


def run_saves(portfolios: Path, private: Path, day: str, entry: Path, rounds: int) -> list[float]:
    """What the class sees of this entry's student, after each of so many saves of it."""
    from generator.flow import job as reading
    from generator.flow.preview import Preview, path_of
    from generator.progress import NOBODY

    # As the door sets it.
    gc.set_threshold(100_000)
    job = reading.Job(
        portfolios=portfolios,
        home=Path(reading.__file__).parents[2],
        output=private / "nowhere",
        private=private,
        now=dt.datetime.now(dt.UTC),
        date=dt.date.fromisoformat(day),
        by="ci",
        progress=NOBODY,
        tell=lambda _: None,
    )
    preview, page = Preview(lambda: job, entry.parents[2].name), path_of("class")
    preview.look()
    text, spent = entry.read_text(encoding="utf-8"), []
    for number in range(rounds + 1):
        title = f"Сохранено {number}"
        lines = (f"title: {title}" if one.startswith("title:") else one for one in text.split("\n"))
        entry.write_text("\n".join(lines), encoding="utf-8")
        began = time.process_time()
        preview.look(frozenset({str(entry)}))
        found = preview.find(page)
        passed = 1000 * (time.process_time() - began)
        shown = found.body.decode().replace("\N{NO-BREAK SPACE}", " ") if found else ""
        if title not in shown:
            sys.exit("the page does not show what was saved")
        if number:  # the first pays for what is read once
            spent.append(passed)
    entry.write_text(text, encoding="utf-8")
    return spent


if __name__ == "__main__":
    school, secrets, today, file, times = sys.argv[1:]
    found = run_saves(Path(school), Path(secrets), today, Path(file), int(times))
    sys.stdout.write(json.dumps(found))
