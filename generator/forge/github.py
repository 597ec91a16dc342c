"""GitHub -> what we ask of every forge. Which of its words mean it?"""

from dataclasses import dataclass
from typing import Self

from generator.forge import Repository
from generator.forge.calls import Api, number
from generator.forge.hub import Hub
from generator.model.pinned import Forge as Place


@dataclass(frozen=True)
class GitHub(Hub):
    """An organisation at GitHub, or at a GitHub of one's own."""

    @classmethod
    def of(cls, place: Place, token: str) -> Self:
        """The organisation that a school names."""
        root = place.api or f"{place.address}/api/v3"
        told = {"Authorization": f"Bearer {token}", "X-GitHub-Api-Version": "2022-11-28"}
        return cls(Api(root, told), place.owner)

    def create(self, name: str, about: str) -> Repository:
        """A new private repository."""
        return self.make(name, about, has_wiki=False)

    def guard(self, name: str, branch: str) -> None:
        """Nothing: of a private repository it is not for every plan, and what is approved stays
        as it is even when a branch is rewritten."""

    def grant(self, name: str, account: int, *, write: bool) -> None:
        """A collaborator, who is invited, found by number: a name may be another's tomorrow."""
        said = self.api.get(f"/user/{account}") or {}
        self.let_in(name, said.get("login"), account, "push" if write else "pull")

    def readers(self, name: str) -> dict[int, bool]:
        """Everybody who reads it, owners of the organisation too."""
        said = self.api.listed(f"{self.path(name)}/collaborators?per_page=100")
        return {number(one): bool(one["permissions"]["push"]) for one in said}
