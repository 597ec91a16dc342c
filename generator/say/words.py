"""A word -> better words. What did its writer mean, and which form fits a number?"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from generator.diagnostic import Text, quote


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one of `known` that `word` was probably meant to be."""
    # The ending of a file's name is alike in all of them and says nothing about nearness.
    stem, ending = _split(word)
    likely = {
        _split(name)[0] if _split(name)[1] == ending else name.lower(): name for name in known
    }
    found = get_close_matches(stem, likely, n=1, cutoff=0.7)
    return likely[found[0]] if found else None


def among(word: str, known: Sequence[str]) -> Text:
    """What to write instead of `word`: a near one of `known`, our own words, or all of them."""
    if not known:
        return Text("уберите это отсюда", "take this away from here")
    near = nearest(word, known)
    if near is not None:
        return Text(f"похоже на «{near}»", f'it looks like "{near}"')
    ru, en = ", ".join(f"«{name}»" for name in known), ", ".join(f'"{name}"' for name in known)
    return Text(f"здесь бывает: {ru}", f"known here: {en}")


def choose(word: str, terms: Sequence[tuple[str, Text, Sequence[str]]]) -> Text:
    """Which of our codes, each with what it means and is also called, to write for `word`."""
    meant = {
        name: code for code, label, also in terms for name in (*also, label.ru, label.en, code)
    }
    near = nearest(word, meant)
    if near is not None:
        return Text(f"похоже на «{meant[near]}»", f'it looks like "{meant[near]}"')
    ru = ", ".join(f"«{code}» ({label.ru})" for code, label, _ in terms)
    en = ", ".join(f'"{code}"' for code, *_ in terms)
    return Text(f"здесь бывает: {ru}", f"known here: {en}")


def near_or(word: str, known: Iterable[str], otherwise: Text) -> Text:
    """What to write instead of `word`: a near one of the writers' own words, or `otherwise`."""
    near = nearest(word, known)
    if near is None:
        return otherwise
    return Text(f"похоже на {quote(near)}", f"it looks like {quote(near)}")


def plural(number: int, one: str, few: str, many: str) -> str:
    """The Russian form that stands after `number`: 1 ошибка, 2 ошибки, 5 ошибок."""
    if number % 10 == 1 and number % 100 != 11:
        return one
    return few if 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14 else many


def _split(name: str) -> tuple[str, str]:
    stem, dot, ending = name.lower().rpartition(".")
    return (stem, dot + ending) if stem and ending.isalnum() else (name.lower(), "")
