"""A password -> what a server may know of it. Who may fetch a level's files at all?

The gate is coarse: one password for all families of a level, so that nobody collects sealed files
today to open them when a card is lost tomorrow. What is inside is sealed without it.
"""

from collections.abc import Callable

import bcrypt

from generator.model.site import Gate

USERS = {"primary": "1-4", "basic": "5-9", "senior": "10-11"}
"""Digits only, as in the password: typed the same with Russian and with Latin keys."""
_GROUPS, _DIGITS = 4, 4
_COST = 5
"""nginx hashes at every request. Sixteen random digits need no slower hash than this."""


def choose_password(choose: Callable[[str], str]) -> str:
    """Sixteen digits in four groups; `choose` picks one sign by chance."""
    return "-".join("".join(choose("0123456789") for _ in range(_DIGITS)) for _ in range(_GROUPS))


def make_gate(level: str, password: str) -> Gate:
    """The gate of a level: bcrypt, which both Caddy and nginx can read."""
    salted = bcrypt.hashpw(password.encode(), bcrypt.gensalt(_COST))
    return Gate(USERS[level], salted.decode())
