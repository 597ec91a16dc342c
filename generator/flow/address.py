"""An address that somebody typed -> what of it may be shown. Where is it, and who may know?

An address may hold a name and a password; a screen, a journal and a CI log may not.
"""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

_KIND = re.compile(r"[a-z][a-z0-9+.-]{0,15}", re.IGNORECASE)


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
    host = urlsplit("//" + address.rpartition("://")[2]).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
