"""A name -> its forms in the six cases. How may a name stand in a Russian sentence?

All words here are folded: small letters, ё as е.
"""

from collections.abc import Iterator
from functools import cache

Forms = tuple[frozenset[str], ...]
"""What a word may look like in the nominative, genitive, dative, accusative, instrumental and
prepositional case."""

_OV_HE, _OV_SHE = "|а|у|а|ым|е", "а|ой|ой|у|ой,ою|ой"
_OV_THEY = "ы|ых|ым|ых|ыми|ых"
_LIKE_HE = "ий,ый,ой|ого,его|ому,ему|ого,его|им,ым|ом,ем"
_LIKE_SHE = "ая|ой|ой|ую|ой,ою|ой"
_LIKE_THEY = "ие,ые|их,ых|им,ым|их,ых|ими,ыми|их,ых"
_NOUNS = (
    ("ия", 1, "я|и|и|ю|ей,ею|и"),
    ("а", 1, "а|ы,и|е|у|ой,ою,ей,ею|е"),
    ("я", 1, "я|и|е|ю|ей,ею|е"),
    ("ь", 1, "ь|я,и|ю,и|я,ь|ем,ью|е,и"),
    ("й", 1, "й|я|ю|я|ем|е,и"),
)
_AS_IT_IS = "|||||"
_CONSONANT = "|а|у|а|ом,ем|е"
_OV = ("ов", "ев", "ин", "ын")
_FLEETING = {"лев": "льв", "павел": "павл"}


@cache
def decline_given(name: str) -> Forms:
    """Forms of a given name."""
    return _decline_noun(name)


@cache
def decline_surname(name: str) -> Forms:
    """Forms of a surname, of a man or a woman as it is written."""
    if name.endswith(_OV):
        return _with(name, _OV_HE)
    if name[:-1].endswith(_OV) and name.endswith("а"):
        return _with(name[:-1], _OV_SHE)
    if name.endswith(("ий", "ый", "ой")):
        return _with(name[:-2], _LIKE_HE, name)
    if name.endswith("ая"):
        return _with(name[:-2], _LIKE_SHE)
    return _decline_noun(name)


@cache
def of_relatives(name: str) -> frozenset[str]:
    """Forms of the same surname of a brother or a sister: people take the one for the other."""
    if base := _base_of_ov(name):
        return frozenset().union(*_with(base, _OV_HE), *_with(base, _OV_SHE))
    if name.endswith(("ий", "ый", "ой", "ая")):
        return frozenset().union(*_with(name[:-2], _LIKE_HE), *_with(name[:-2], _LIKE_SHE))
    return frozenset()


@cache
def of_several(name: str) -> frozenset[str]:
    """Forms of a surname that several people bear: «Соколовы»."""
    if base := _base_of_ov(name):
        return frozenset().union(*_with(base, _OV_THEY))
    if name.endswith(("ий", "ый", "ой", "ая")):
        return frozenset().union(*_with(name[:-2], _LIKE_THEY))
    return frozenset({name})


def _base_of_ov(name: str) -> str:
    if name.endswith(_OV):
        return name
    return name[:-1] if name.endswith("а") and name[:-1].endswith(_OV) else ""


def _decline_noun(name: str) -> Forms:
    for ending, cut, row in _NOUNS:
        if name.endswith(ending):
            return _with(name[:-cut], row)
    if name.endswith(tuple("оеиуюэы")):
        return _with(name, _AS_IT_IS)
    short = tuple(_shortened(name))
    found = [_with(base, _CONSONANT) for base in (name, *short)]
    # The shortened word has no nominative of its own.
    cases = zip(*found, strict=True)
    return frozenset({name}), *(frozenset().union(*case) for case in tuple(cases)[1:])


def _shortened(name: str) -> Iterator[str]:
    """Without the vowel that other cases lose: Лев, Льва; Купец, Купца; Сапожок, Сапожка."""
    if name in _FLEETING:
        yield _FLEETING[name]
    elif name.endswith("ец"):
        yield name[:-2] + ("йц" if name[-3:-2] in "аеиоу" else "ц")
    elif name.endswith(("ок", "ек")):
        yield name[:-2] + "к"


def _with(base: str, row: str, nominative: str = "") -> Forms:
    cases = tuple(frozenset(base + ending for ending in case.split(",")) for case in row.split("|"))
    return (frozenset({nominative}), *cases[1:]) if nominative else cases
