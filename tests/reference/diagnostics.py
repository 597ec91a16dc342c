"""Checks -> diagnostics.md. What can be wrong?"""

import re

from generator.check import codes
from generator.cli.tell import page_of
from generator.review.pages import PAGES
from tests.reference.markdown import example, plain


def diagnostics() -> str:
    """Every code with its page; the code is the anchor."""
    parts = [
        "# Коды ошибок\n",
        "Код стоит в скобках: `error[код]` не даёт собрать сайт, `warning[код]` только"
        " предупреждает, `note[код]` рассказывает. То же самое печатает `stupeni explain КОД`.\n",
    ]
    for code in sorted({*codes(), *PAGES}):
        first, _, rest = (page_of(code) or "").partition("\n\n")
        parts.append(f"## {code}\n\n*{plain(first)}*\n")
        said = re.findall(r"^([^:\n]+): (.+(?:\n(?![^:\n]+: ).+)*)", rest, re.MULTILINE)
        parts.append("\n".join(f"- **{label}:** {example(words)}" for label, words in said) + "\n")
    return "\n".join(parts)
