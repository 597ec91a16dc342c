"""An address that somebody typed -> what of it may be shown. Where is it, and who may know?

An address may hold a name and a password; a screen, a journal and a CI log may not.
"""

import re

_KIND = re.compile(r"[a-z][a-z0-9+.-]{0,15}", re.IGNORECASE)
_HERE = re.compile(r"(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])(?::[0-9]+)?")


def kind_of(address: str, mark: str = "://") -> str:
    """What stands before the mark, if that is the name of a kind and nothing else."""
    kind, found, _ = address.partition(mark)
    return kind if found and _KIND.fullmatch(kind) else ""


def bare(address: str) -> str:
    """The address without the name and the password in it."""
    kind, mark, rest = address.rpartition("://")
    return kind + mark + rest.rpartition("@")[2]


def is_here(address: str) -> bool:
    """Whether it leads to this very computer."""
    return _HERE.fullmatch(address.rpartition("://")[2]) is not None
