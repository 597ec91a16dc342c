"""A forge's repositories and who may write to them. What can be asked of every forge alike?"""

from dataclasses import dataclass
from typing import Protocol

from generator.forge.calls import understood
from generator.model.pinned import Forge as Place

__all__ = ["Forge", "Proposal", "Repository", "open_forge", "understood"]


@dataclass(frozen=True)
class Repository:
    """A repository at a forge."""

    address: str
    """Where it is fetched from."""
    private: bool


@dataclass(frozen=True)
class Proposal:
    """A branch that is to be taken into another."""

    branch: str
    into: str
    title: str
    words: str


class Forge(Protocol):
    """What we ask of a forge; every name is one within the school's organisation or group."""

    def find(self, name: str) -> Repository | None:
        """The repository of this name, if there is one that we may see."""

    def create(self, name: str, about: str) -> Repository:
        """A new private repository with nothing in it."""

    def guard(self, name: str, branch: str) -> None:
        """Whoever may write, writes to this branch; nobody rewrites or deletes it."""

    def grant(self, name: str, account: int, *, write: bool) -> None:
        """An account may write to a repository, or read it and no more."""

    def readers(self, name: str) -> dict[int, bool]:
        """Accounts that were let into a repository by name: whether each of them writes."""

    def propose(self, repository: str, proposal: Proposal) -> str:
        """The address of a request to take a branch in; `repository` is OWNER/NAME."""


def open_forge(place: Place, token: str) -> Forge:
    """The forge of a school; the token goes to its address and nowhere else."""
    if place.kind == "gitlab":
        from generator.forge.gitlab import GitLab

        return GitLab.of(place, token)
    if place.kind == "github":
        from generator.forge.github import GitHub

        return GitHub.of(place, token)
    from generator.forge.forgejo import Forgejo

    return Forgejo.of(place, token)
