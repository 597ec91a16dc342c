"""Forgejo and Gitea -> what we ask of every forge. Which of their words mean it?"""

from dataclasses import dataclass
from typing import Self

from generator.forge import Repository
from generator.forge.calls import Api, named, number
from generator.forge.hub import Hub
from generator.model.pinned import Forge as Place


@dataclass(frozen=True)
class Forgejo(Hub):
    """An organisation at a Forgejo or Gitea."""

    @classmethod
    def of(cls, place: Place, token: str) -> Self:
        """The organisation that a school names."""
        root = place.api or f"{place.address}/api/v1"
        return cls(Api(root, {"Authorization": f"token {token}"}), place.owner)

    def create(self, name: str, about: str) -> Repository:
        """A new private repository."""
        return self.make(name, about, default_branch="main")

    def guard(self, name: str, branch: str) -> None:
        """A protected branch that whoever may write pushes to; 403 says it is protected already."""
        told = {"rule_name": branch, "branch_name": branch, "enable_push": True}
        self.api.send("POST", f"{self.path(name)}/branch_protections", told, also=403)

    def grant(self, name: str, account: int, *, write: bool) -> None:
        """A collaborator, found by number: a name may be another's tomorrow."""
        found = (self.api.get(f"/users/search?uid={account}") or {}).get("data") or []
        login = next((one["login"] for one in found if one["id"] == account), None)
        self.let_in(name, login, account, "write" if write else "read")

    def readers(self, name: str) -> dict[int, bool]:
        """Collaborators, and everybody of a team that was let in; owners are one."""
        here, found = f"{self.path(name)}/collaborators", dict[int, bool]()
        for one in self.api.listed(f"{here}?limit=50"):
            may = (self.api.get(f"{here}/{named(one['login'])}/permission") or {})["permission"]
            found[number(one)] = may != "read"
        for team in self.api.listed(f"{self.path(name)}/teams?limit=50"):
            for one in self.api.listed(f"/teams/{number(team)}/members?limit=50"):
                id, writes = number(one), team["permission"] not in ("none", "read")
                found[id] = found.get(id, False) or writes
        return found
