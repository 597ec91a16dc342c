"""One school, several commands at once -> one after the other. Who waits for whom?"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from generator.diagnostic import Text
from generator.flow.job import Job
from generator.flow.private import private_room
from generator.load import read_settings
from generator.whole import locked

_WAITING = Text(
    "Эту школу сейчас меняет другая команда; жду, пока она закончит",
    "Another command is changing this school; waiting until it ends",
)


P = ParamSpec("P")
R = TypeVar("R")


def in_turn(act: Callable[Concatenate[Job, P], R]) -> Callable[Concatenate[Job, P], R]:
    """The same, while no other command builds this school, issues codes or replaces keys.

    What it reads first still holds when it writes. The lock lies beside the master key: whoever
    has another private folder has another master key, and so another school.
    """

    @wraps(act)
    def alone(job: Job, /, *args: P.args, **kwargs: P.kwargs) -> R:
        settings = read_settings(job.portfolios)
        if settings is None:  # which `act` tells
            return act(job, *args, **kwargs)
        lock = private_room(job, settings) / ".lock"
        with locked(lock, lambda: job.tell(_WAITING)):
            return act(job, *args, **kwargs)

    return alone
