"""Known scans -> remarks on those that one student put in twice. Is it the same picture?

Across students nothing is said: a diploma of a team is rightly in many portfolios, and who has
which scan is nobody's business.
"""

import hashlib
import json
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import pairwise
from typing import Any

from generator.diagnostic import Diagnostic, Place, Text, quote
from generator.media.store import Kept, Store

_SECONDS = 60
_FIX = Text(
    "оставьте один из двух; если это разные бумаги, всё в порядке, ничего делать не надо",
    "keep one of the two; if they are different papers, all is well and nothing has to be done",
)
Pairs = list[list[str]]


def find_alike(
    known: Mapping[str, Kept], paths: Mapping[str, set[str]], store: Store
) -> tuple[list[Diagnostic], set[str]]:
    """A warning for each scan that looks like another one of the same student; keys of the journal
    that remember it."""
    students: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for digest in known:
        for path in sorted(paths[digest]):
            top, _, rest = path.partition("/")
            if top == "students":
                students[rest.partition("/")[0]].setdefault(digest, []).append(path)
    keys = {student: _key(owned) for student, owned in students.items() if len(owned) > 1}
    unknown = {s: sorted(students[s]) for s, key in keys.items() if _read(store, key) is None}
    for student, pairs in _judge(unknown, known) if unknown else ():
        store.write_row(keys[student], pairs)
    diagnostics = []
    for student, owned in students.items():
        for digests in _read(store, keys.get(student, "")) or ():
            if all(digest in owned for digest in digests):
                diagnostics.append(_say(owned[digests[0]][0], owned[digests[1]][0]))
        diagnostics += [_say(a, b) for same in owned.values() for a, b in pairwise(same)]
    return diagnostics, set(keys.values())


def _judge(
    unknown: Mapping[str, Sequence[str]], known: Mapping[str, Kept]
) -> Iterator[tuple[str, Pairs]]:
    """Student and the pairs of digests that are the same picture, judged apart."""
    from generator.media.compare import Pages, find_same
    from generator.media.workers import Task, read_room, run_apart

    def work(scans: Sequence[Pages]) -> bytes:
        return json.dumps(list(find_same(scans))).encode()

    tasks = deque(
        Task(student, partial(work, [_pages(known[digest]) for digest in digests]), _SECONDS)
        for student, digests in unknown.items()
    )
    with closing(run_apart(tasks, read_room())) as answers:
        for task, raw in answers:
            digests = unknown[task.name]
            try:
                found = [[digests[a], digests[b]] for a, b in json.loads(raw or b"")]
            except (ValueError, TypeError, LookupError):
                continue
            yield task.name, found


def _pages(kept: Kept) -> list[tuple[Any, Any]]:
    return [(leaf.thumb.path, leaf.screen.path) for leaf in kept.leaves]


def _key(digests: Mapping[str, object]) -> str:
    return "alike " + hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()


def _read(store: Store, key: str) -> Pairs | None:
    row = store.rows.get(key)
    sound = isinstance(row, list) and all(isinstance(p, list) and len(p) == 2 for p in row)
    return row if sound else None


def _say(one: str, other: str) -> Diagnostic:
    first, second = sorted((one, other))
    shown = quote(first.partition("/entries/")[2] or first, 90)
    return Diagnostic(
        Place(second),
        "scan-alike",
        Text(f"это тот же снимок, что {shown}", f"this is the same picture as {shown}"),
        _FIX,
        "warning",
    )
