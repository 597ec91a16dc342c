"""GitLab -> what we ask of every forge. Which of its words mean it?"""

from dataclasses import dataclass
from typing import Any, Self

from generator.diagnostic import Text, quote
from generator.forge import Proposal, Repository
from generator.forge.calls import Api, named, number
from generator.model.pinned import Forge as Place
from generator.trouble import Trouble

_READER, _WRITER = 20, 30
"""Reporter: reads. Developer: pushes, and may change no setting."""


@dataclass(frozen=True)
class GitLab:
    """A group at a GitLab."""

    api: Api
    owner: str

    @classmethod
    def of(cls, place: Place, token: str) -> Self:
        """The group that a school names."""
        root = place.api or f"{place.address}/api/v4"
        return cls(Api(root, {"PRIVATE-TOKEN": token}), place.owner)

    def find(self, name: str) -> Repository | None:
        """The project of this name."""
        said = self.api.get(self._project(name))
        return _repository(said) if said else None

    def create(self, name: str, about: str) -> Repository:
        """A new private project."""
        group = self.api.get(f"/groups/{named(self.owner)}")
        if group is None:
            raise Trouble(
                Text(f"группы {quote(self.owner)} на сервере нет", f"no group {quote(self.owner)}"),
                Text("исправьте owner в school/school.yml", "mend owner in school/school.yml"),
            )
        told = {"name": name, "path": name, "namespace_id": group["id"], "visibility": "private",
                "description": about, "default_branch": "main"}  # fmt: skip
        return _repository(self.api.send("POST", "/projects", told))

    def guard(self, name: str, branch: str) -> None:
        """A branch that developers push to: by itself GitLab lets only maintainers do so."""
        here = f"{self._project(name)}/protected_branches"
        self.api.send("DELETE", f"{here}/{named(branch)}", {}, also=404)
        told = {"name": branch, "push_access_level": _WRITER, "merge_access_level": _WRITER,
                "allow_force_push": False}  # fmt: skip
        self.api.send("POST", here, told)

    def grant(self, name: str, account: int, *, write: bool) -> None:
        """A member of the project; 409 says it is one already."""
        told = {"user_id": account, "access_level": _WRITER if write else _READER}
        self.api.send("POST", f"{self._project(name)}/members", told, also=409)

    def readers(self, name: str) -> dict[int, bool]:
        """Members of the project and of the groups above it."""
        said = self.api.listed(f"{self._project(name)}/members/all?per_page=100")
        return {number(one): one["access_level"] >= _WRITER for one in said}

    def propose(self, repository: str, proposal: Proposal) -> str:
        """A merge request."""
        told = {"source_branch": proposal.branch, "target_branch": proposal.into,
                "title": proposal.title, "description": proposal.words}  # fmt: skip
        said = self.api.send("POST", f"/projects/{named(repository)}/merge_requests", told)
        return str(said["web_url"])

    def _project(self, name: str) -> str:
        return f"/projects/{named(f'{self.owner}/{name}')}"


def _repository(said: Any) -> Repository:
    return Repository(said["http_url_to_repo"], said["visibility"] == "private")
