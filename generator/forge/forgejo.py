"""Forgejo and Gitea -> what we ask of every forge. Which of their words mean it?"""

from dataclasses import dataclass
from typing import Self

from generator.diagnostic import Text
from generator.forge import Proposal, Repository
from generator.forge.calls import Api, named
from generator.model.pinned import Forge as Place
from generator.trouble import Trouble


@dataclass(frozen=True)
class Forgejo:
    """An organisation at a Forgejo or Gitea."""

    api: Api
    owner: str

    @classmethod
    def of(cls, place: Place, token: str) -> Self:
        """The organisation that a school names."""
        root = place.api or f"{place.address}/api/v1"
        return cls(Api(root, {"Authorization": f"token {token}"}), place.owner)

    def find(self, name: str) -> Repository | None:
        """The repository of this name."""
        said = self.api.get(self._repository(name))
        return Repository(said["clone_url"], said["private"]) if said else None

    def create(self, name: str, about: str) -> Repository:
        """A new private repository."""
        told = {"name": name, "private": True, "description": about, "default_branch": "main"}
        said = self.api.send("POST", f"/orgs/{named(self.owner)}/repos", told)
        return Repository(said["clone_url"], said["private"])

    def guard(self, name: str, branch: str) -> None:
        """A protected branch that whoever may write pushes to; 403 says it is protected already."""
        told = {"rule_name": branch, "branch_name": branch, "enable_push": True}
        self.api.send("POST", f"{self._repository(name)}/branch_protections", told, also=403)

    def grant(self, name: str, account: int, *, write: bool) -> None:
        """A collaborator, found by number: a name may be another's tomorrow."""
        found = (self.api.get(f"/users/search?uid={account}") or {}).get("data") or []
        login = next((one["login"] for one in found if one["id"] == account), None)
        if login is None:
            raise _unknown(account)
        told = {"permission": "write" if write else "read"}
        self.api.send("PUT", f"{self._repository(name)}/collaborators/{named(login)}", told)

    def readers(self, name: str) -> dict[int, bool]:
        """Collaborators."""
        here, found = f"{self._repository(name)}/collaborators", dict[int, bool]()
        for one in self.api.get(f"{here}?limit=50") or []:
            may = (self.api.get(f"{here}/{named(one['login'])}/permission") or {})["permission"]
            found[one["id"]] = may != "read"
        return found

    def propose(self, repository: str, proposal: Proposal) -> str:
        """A pull request."""
        owner, _, name = repository.partition("/")
        told = {"head": proposal.branch, "base": proposal.into, "title": proposal.title,
                "body": proposal.words}  # fmt: skip
        said = self.api.send("POST", f"/repos/{named(owner)}/{named(name)}/pulls", told)
        return str(said["html_url"])

    def _repository(self, name: str) -> str:
        return f"/repos/{named(self.owner)}/{named(name)}"


def _unknown(account: int) -> Trouble:
    return Trouble(
        Text(f"на сервере нет учётной записи № {account}", f"no account {account} at the forge"),
        Text("исправьте accounts в student.yml или people.yml",
             "mend accounts in student.yml or people.yml"),
    )  # fmt: skip
