"""Files -> a commit in a repository, on no branch. What would be proposed?

Written object by object: no filter, hook or setting of that repository has a say in it.
"""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from generator.diagnostic import Text
from generator.source.git import run_git
from generator.trouble import Trouble

_AUTHOR = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "stupeni"), ("EMAIL", "stupeni@localhost"))
}


def write_commit(
    top: Path,
    environment: Mapping[str, str],
    parent: str | None,
    files: Mapping[str, bytes],
    message: str,
) -> str:
    """The id of a commit that has these files, and all else as its parent has it."""
    with TemporaryDirectory(prefix="stupeni-index-") as room:
        told = {**environment, **_AUTHOR, "GIT_INDEX_FILE": f"{Path(room) / 'index'}"}
        if parent:
            _ask(top, told, "read-tree", parent)
        for path, content in files.items():
            blob = _ask(top, told, "hash-object", "-w", "--stdin", given=content)
            _ask(top, told, "update-index", "--add", "--cacheinfo", f"100644,{blob},{path}")
        tree = _ask(top, told, "write-tree")
        above = ("-p", parent) if parent else ()
        return _ask(top, told, "commit-tree", tree, *above, "-m", message)


def write_ref(top: Path, environment: Mapping[str, str], name: str, commit: str) -> None:
    """A new name for a commit; Trouble when there is one of that name already."""
    _ask(top, environment, "update-ref", name, commit, "0" * 40)


def _ask(top: Path, environment: Mapping[str, str], *words: str, given: bytes = b"") -> str:
    with TemporaryFile() as asked:
        asked.write(given)
        asked.seek(0)
        said = run_git(top, environment, *words, asked=asked)
    if said is None:
        raise Trouble(
            Text("Git не записал предложение", "Git did not write the proposal"),
            Text("проверьте права и имя ветки: её ещё не должно быть",
                 "look at the rights and the branch's name: it must not be there yet"),
        )  # fmt: skip
    return said.decode("utf-8").strip()
