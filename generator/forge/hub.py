"""Forgejo, Gitea and GitHub -> what they say alike. Which of their common words mean it?"""

from dataclasses import dataclass
from typing import Any

from generator.diagnostic import Text
from generator.forge import Proposal, Repository
from generator.forge.calls import Api, named
from generator.trouble import Trouble


@dataclass(frozen=True)
class Hub:
    """An organisation at such a forge."""

    api: Api
    owner: str

    def find(self, name: str) -> Repository | None:
        """The repository of this name."""
        said = self.api.get(self.path(name))
        return _repository(said) if said else None

    def make(self, name: str, about: str, **more: object) -> Repository:
        """A new private repository; `more` is what only this forge is told."""
        told = {"name": name, "private": True, "description": about, **more}
        return _repository(self.api.send("POST", f"/orgs/{named(self.owner)}/repos", told))

    def let_in(self, name: str, login: str | None, account: int, permission: str) -> None:
        """A collaborator; Trouble when the forge knows no such account."""
        if login is None:
            raise Trouble(
                Text(f"на сервере нет учётной записи № {account}", f"no account {account} there"),
                Text("исправьте accounts в student.yml или people.yml",
                     "mend accounts in student.yml or people.yml"),
            )  # fmt: skip
        told = {"permission": permission}
        self.api.send("PUT", f"{self.path(name)}/collaborators/{named(login)}", told)

    def propose(self, repository: str, proposal: Proposal) -> str:
        """A pull request."""
        owner, _, name = repository.partition("/")
        told = {"head": proposal.branch, "base": proposal.into, "title": proposal.title,
                "body": proposal.words}  # fmt: skip
        said = self.api.send("POST", f"/repos/{named(owner)}/{named(name)}/pulls", told)
        return str(said["html_url"])

    def path(self, name: str) -> str:
        """Where a repository is asked for."""
        return f"/repos/{named(self.owner)}/{named(name)}"


def _repository(said: Any) -> Repository:
    return Repository(said["clone_url"], said["private"])
