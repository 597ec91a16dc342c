"""Register + private folder -> what access.yml must not go back behind. What was the highest?

The register lies in Git, so that a fresh copy of the portfolios knows it too; the private folder
knows it even when the register was cut off or put back together with access.yml.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.diagnostic import Text
from generator.model.published import Published
from generator.publish.register import Event, read
from generator.trouble import Trouble


def read_published(register: Path, memory: Path | None) -> Published:
    """Everything that either of the two remembers; nothing when neither is there."""
    epochs, suspended = _read_memory(memory) if memory else ({}, {})
    for event in read(register):
        if event.what == "access":
            for name, epoch in _epochs_in(event):
                epochs[name] = max(epoch, epochs.get(name, 1))
            suspended |= dict.fromkeys(_names_in(event, "suspended"), event.at)
            for name in _names_in(event, "resumed"):
                if suspended.get(name, event.at) <= event.at:
                    suspended.pop(name, None)
    return Published(epochs, suspended)


def write_memory(memory: Path, published: Published) -> None:
    """Keeps in the private folder what was published, whole or not at all."""
    kept = {"epochs": dict(published.epochs), "suspended": dict(published.suspended)}
    text = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if memory.is_file() and memory.read_text(encoding="utf-8") == text:
        return
    fresh = memory.with_name(f".{memory.name}")
    fresh.touch(mode=0o600)
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(memory)


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


def _epochs_in(event: Event) -> Iterable[tuple[str, int]]:
    for pair in str(event.details.get("epochs", "")).split():
        name, _, epoch = pair.rpartition("=")
        if epoch.isdecimal():
            yield name, int(epoch)


def _names_in(event: Event, key: str) -> list[str]:
    return str(event.details.get(key, "")).split()


def _read_memory(memory: Path) -> tuple[dict[str, int], dict[str, str]]:
    if not memory.is_file():
        return {}, {}
    try:
        kept = json.loads(memory.read_text(encoding="utf-8"))
        epochs = {str(name): int(epoch) for name, epoch in kept["epochs"].items()}
        return epochs, {str(name): str(at) for name, at in kept["suspended"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Trouble(
            Text(f"файл {memory} повреждён", f"the file {memory} is damaged"),
            Text(
                "верните его из копии; если её нет, удалите: номера помнит и register.jsonl",
                "restore it from a copy; without one delete it: register.jsonl knows the numbers",
            ),
        ) from error
