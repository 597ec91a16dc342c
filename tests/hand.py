"""What a file says -> a file as some person might write it. In which order, quotes, indents?

Three kinds of comment name the key they belong to: `# над` stands above it, `# при` behind its
value, `# под` below, deeper than the key.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from generator.source import Document, Tree, parse


def write_by_hand(tree: Mapping[str, Tree], rng: Random) -> bytes:
    """YAML that says `tree`, with keys in any order and comments anywhere."""
    lines = ["# голова", ""] if rng.random() < 0.5 else []
    lines += _Hand(rng).mapping(tree, "")
    end = rng.choice(["\n", "\n", "\r\n"])
    mark = "\ufeff" if rng.random() < 0.2 else ""
    text = (mark + end.join(lines)).encode()
    unended = parse("a.yml", text)
    # The text of a block at the very end needs its last line end.
    fits = isinstance(unended, Document) and unended.value == tree
    return text if fits and rng.random() < 0.3 else text + end.encode()


@dataclass
class _Hand:
    rng: Random
    comments: int = 0
    step: str = field(init=False)

    def __post_init__(self) -> None:
        self.step = self.rng.choice(["  ", "    "])

    def mapping(self, tree: Mapping[str, Tree], pad: str) -> list[str]:
        keys = [*tree]
        self.rng.shuffle(keys)
        lines = []
        for key in keys:
            lines += [""] * (self.rng.random() < 0.2)
            lines += self.comment("над", key, pad)
            lines += self.pair(key, tree[key], pad)
        return lines

    def pair(self, key: str, value: Tree, pad: str) -> list[str]:
        name = key if self.rng.random() < 0.9 else f'"{key}"'
        behind = "".join(self.comment("при", key, " "))
        if isinstance(value, str):
            return self.scalar(f"{pad}{name}:", key, value, pad, behind)
        if self.rng.random() < 0.3:
            return [f"{pad}{name}: {self.flow(value)}{behind}"]
        inner = pad + (self.step if isinstance(value, dict) or self.rng.random() < 0.6 else "")
        held = self.mapping(value, inner) if isinstance(value, dict) else self.items(value, inner)
        return [f"{pad}{name}:{behind}", *held]

    def scalar(self, start: str, key: str, value: str, pad: str, behind: str) -> list[str]:
        if "\n" in value or (self.rng.random() < 0.2 and not value[0].isspace()):
            sign, body = ("|", value[:-1]) if value.endswith("\n") else ("|-", value)
            text = [pad + self.step + line if line else "" for line in body.split("\n")]
            block = [f"{start} {sign}{behind}", *text]
            if _says("\n".join([*block, ""]), value):
                return [*block, *[""] * self.rng.choice([0, 0, 1])]
        return [f"{start} {self.word(value)}{behind}", *self.comment("под", key, pad + " ")]

    def items(self, value: list[Tree], pad: str) -> list[str]:
        lines = []
        for item in value:
            lines += [""] * (self.rng.random() < 0.2)
            lines += [f"{pad}# пункт"] * (self.rng.random() < 0.2)
            if not isinstance(item, dict) or self.rng.random() < 0.2:
                lines.append(f"{pad}- {self.flow(item)}")
            elif self.rng.random() < 0.1:
                lines += [f"{pad}-", *self.mapping(item, pad + "   ")]
            else:
                held = self.mapping(item, pad + "  ")
                while not held[0].strip() or held[0].lstrip().startswith("#"):
                    held = held[1:]
                lines += [f"{pad}- {held[0].lstrip()}", *held[1:]]
        return lines

    def flow(self, value: Tree) -> str:
        if isinstance(value, str):
            return self.word(value, in_brackets=True)
        gap = self.rng.choice(["", " "])
        if isinstance(value, list):
            return f"[{gap}{', '.join(self.flow(item) for item in value)}{gap}]"
        pairs = [f"{key}: {self.flow(item)}" for key, item in value.items()]
        self.rng.shuffle(pairs)
        return f"{{{gap}{f'{gap}, '.join(pairs)}{gap}}}"

    def word(self, value: str, *, in_brackets: bool = False) -> str:
        quoted = "'" + value.replace("'", "''") + "'"
        ways = [value, value, quoted, json.dumps(value, ensure_ascii=False)]
        around = "a: [{}, x]" if in_brackets else "a: {} # x"
        wanted: Tree = [value, "x"] if in_brackets else value
        fits = [way for way in ways if _says(around.format(way), wanted)]
        return self.rng.choice(fits or [ways[-1]])

    def comment(self, where: str, key: str, pad: str) -> list[str]:
        if self.rng.random() < 0.75:
            return []
        self.comments += 1
        return [f"{pad}# {where} {key} №{self.comments}"]


def _says(text: str, value: Tree) -> bool:
    document = parse("a.yml", text.encode())
    return isinstance(document, Document) and [*document.value.values()] == [value]
