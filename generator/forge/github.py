"""GitHub -> what we ask of every forge. Which of its words mean it?"""

from dataclasses import dataclass
from typing import Self

from generator.diagnostic import Text
from generator.forge import Proposal, Repository
from generator.forge.calls import Api, named
from generator.model.pinned import Forge as Place
from generator.trouble import Trouble


@dataclass(frozen=True)
class GitHub:
    """An organisation at GitHub, or at a GitHub of one's own."""

    api: Api
    owner: str

    @classmethod
    def of(cls, place: Place, token: str) -> Self:
        """The organisation that a school names."""
        root = place.api or f"{place.address}/api/v3"
        told = {"Authorization": f"Bearer {token}", "X-GitHub-Api-Version": "2022-11-28"}
        return cls(Api(root, told), place.owner)

    def find(self, name: str) -> Repository | None:
        """The repository of this name."""
        said = self.api.get(self._repository(name))
        return Repository(said["clone_url"], said["private"]) if said else None

    def create(self, name: str, about: str) -> Repository:
        """A new private repository."""
        told = {"name": name, "private": True, "description": about, "has_wiki": False}
        said = self.api.send("POST", f"/orgs/{named(self.owner)}/repos", told)
        return Repository(said["clone_url"], said["private"])

    def guard(self, name: str, branch: str) -> None:
        """Nothing: of a private repository it is not for every plan, and what is approved stays
        as it is even when a branch is rewritten."""

    def grant(self, name: str, account: int, *, write: bool) -> None:
        """A collaborator, who is invited, found by number: a name may be another's tomorrow."""
        said = self.api.get(f"/user/{account}")
        if said is None:
            raise Trouble(
                Text(f"на сервере нет учётной записи № {account}", f"no account {account} there"),
                Text("исправьте accounts в student.yml или people.yml",
                     "mend accounts in student.yml or people.yml"),
            )  # fmt: skip
        told = {"permission": "push" if write else "pull"}
        here = f"{self._repository(name)}/collaborators/{named(said['login'])}"
        self.api.send("PUT", here, told)

    def readers(self, name: str) -> dict[int, bool]:
        """Everybody who reads it, owners of the organisation too."""
        said = self.api.get(f"{self._repository(name)}/collaborators?per_page=100") or []
        return {one["id"]: bool(one["permissions"]["push"]) for one in said}

    def propose(self, repository: str, proposal: Proposal) -> str:
        """A pull request."""
        owner, _, name = repository.partition("/")
        told = {"head": proposal.branch, "base": proposal.into, "title": proposal.title,
                "body": proposal.words}  # fmt: skip
        said = self.api.send("POST", f"/repos/{named(owner)}/{named(name)}/pulls", told)
        return str(said["html_url"])

    def _repository(self, name: str) -> str:
        return f"/repos/{named(self.owner)}/{named(name)}"
