"""Pages of codes as they are written -> code and page. What does `explain` print?"""

from inspect import cleandoc


def split_pages(text: str) -> dict[str, str]:
    """Code -> its page: what is wrong in one English line, then the rest in Russian."""
    pages = {}
    for block in text.strip().split("\n\n"):
        first, _, rest = block.partition("\n")
        code, _, words = first.partition(": ")
        pages[code] = f"{words}\n\n{cleandoc(rest)}"
    return pages
