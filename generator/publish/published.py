"""Register + private folder -> what access.yml must not go back behind. What was the highest?

The register lies in Git, so that a fresh copy of the portfolios knows it too; the private folder
knows it even when the register was cut off or put back together with access.yml. Both remember as
well who got which key: `KEY=NUMBER CARD CARD=NUMBER; KEY=NUMBER …`, a code without a number is
the first one.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.diagnostic import Text
from generator.model.published import Card, Held, Published, together
from generator.publish.register import Event, read
from generator.trouble import Trouble
from generator.whole import write_whole


def read_published(register: Path, memory: Path | None) -> Published:
    """Everything that either of the two remembers; nothing when neither is there."""
    known = _read_memory(memory) if memory else Published()
    epochs, suspended, held = dict(known.epochs), dict(known.suspended), dict(known.held)
    told: dict[str, dict[str, Held]] = {}
    released: set[str] = set()
    for event in read(register):
        if event.what == "access":
            for name, epoch in _epochs_in(event):
                epochs[name] = max(epoch, epochs.get(name, 1))
            suspended |= dict.fromkeys(_names_in(event, "suspended"), event.at)
            for name in _names_in(event, "resumed"):
                if suspended.get(name, event.at) <= event.at:
                    suspended.pop(name, None)
            if event.details.get("action") == "master-replaced":
                # Of another master every key is another one: what was kept opens nothing.
                told, released = {}, set()
        elif event.what == "release":
            level = str(event.details.get("level"))
            released |= {level} if event.audiences else set()
            got = parse_rings(str(event.details.get("rings", "")))
            told[level] = together(told.get(level, {}), got)
    for level, keys in told.items():
        held[level] = together(held.get(level, {}), keys)
    held = {level: keys for level, keys in held.items() if keys}
    return Published(epochs, suspended, held, frozenset(released - held.keys()))


def write_memory(memory: Path, published: Published) -> None:
    """Keeps in the private folder what was published, whole or not at all."""
    kept = {
        "epochs": dict(published.epochs),
        "suspended": dict(published.suspended),
        "rings": {level: rings_of(held) for level, held in published.held.items() if held},
    }
    text = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if memory.is_file() and memory.read_text(encoding="utf-8") == text:
        return
    write_whole(memory, text.encode(), lasting=True)


def details_of(
    epochs: Mapping[str, int], suspended: Iterable[str] = (), resumed: Iterable[str] = ()
) -> dict[str, str]:
    """What a line about access says so that it can be remembered; only what there is."""
    found = {
        "epochs": " ".join(f"{name}={epoch}" for name, epoch in epochs.items()),
        "suspended": " ".join(suspended),
        "resumed": " ".join(resumed),
    }
    return {key: words for key, words in found.items() if words}


def rings_of(held: Mapping[str, Held]) -> str:
    """Who got which key, in words for one line."""
    return "; ".join(
        " ".join((f"{name}={key.epoch}", *map(_card, sorted(key.cards))))
        for name, key in sorted(held.items())
    )


def parse_rings(words: str) -> dict[str, Held]:
    """The keys of such a line, and who got them; what cannot be read is left out."""
    found = {}
    for part in filter(str.strip, words.split(";")):
        first, *cards = (_numbered(word) for word in part.split())
        found[first[0]] = Held(first[1], frozenset(cards))
    return found


def news(held: Mapping[str, Held], told: Mapping[str, Held]) -> dict[str, Held]:
    """Of these keys whatever was not told yet: new ones, and new cards that got an old one."""
    found = {}
    for name, key in held.items():
        old = told.get(name)
        if old is None or old.epoch < key.epoch:
            found[name] = key
        elif old.epoch == key.epoch and (more := key.cards - old.cards):
            found[name] = Held(key.epoch, more)
    return found


def _card(card: Card) -> str:
    audience, epoch = card
    return audience if epoch == 1 else f"{audience}={epoch}"


def _numbered(word: str) -> Card:
    name, _, epoch = word.partition("=")
    return name, int(epoch) if epoch.isdecimal() else 1


def _epochs_in(event: Event) -> Iterable[tuple[str, int]]:
    for pair in str(event.details.get("epochs", "")).split():
        name, _, epoch = pair.rpartition("=")
        if epoch.isdecimal():
            yield name, int(epoch)


def _names_in(event: Event, key: str) -> list[str]:
    return str(event.details.get(key, "")).split()


def _read_memory(memory: Path) -> Published:
    if not memory.is_file():
        return Published()
    try:
        kept = json.loads(memory.read_text(encoding="utf-8"))
        epochs = {str(name): int(epoch) for name, epoch in kept["epochs"].items()}
        suspended = {str(name): str(at) for name, at in kept["suspended"].items()}
        rings = {level: parse_rings(words) for level, words in kept.get("rings", {}).items()}
        return Published(epochs, suspended, rings)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Trouble(
            Text(f"файл {memory} повреждён", f"the file {memory} is damaged"),
            Text(
                "верните его из копии; если её нет, удалите: номера помнит и register.jsonl",
                "restore it from a copy; without one delete it: register.jsonl knows the numbers",
            ),
        ) from error
