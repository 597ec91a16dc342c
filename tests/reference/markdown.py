"""Words -> Markdown that shows them as they are."""

import re
from collections.abc import Iterable


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table; an empty cell keeps its place."""
    lines = (head, ("---",) * len(head), *rows)
    return "".join(f"| {' | '.join(cell or ' ' for cell in line)} |\n" for line in lines)


def plain(words: str) -> str:
    """Words that Markdown shows as they are."""
    outside = re.split(r"(`[^`]*`)", " ".join(words.split()))
    return "".join(p if p[:1] == "`" else re.sub(r"([\\*_\[\]<>#|])", r"\\\1", p) for p in outside)


def example(words: str) -> str:
    """A line of YAML as code, a sentence as a sentence."""
    words = " ".join(words.split())
    is_code = re.match(r'[-"\w./]*[a-z]["\w./]*: |[-"<]|[a-z./-]+\.\w+$', words)
    return f"`{words}`" if is_code and not re.search("[а-яё]{3}.* — ", words) else plain(words)
