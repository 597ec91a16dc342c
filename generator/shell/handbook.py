"""MkDocs making the handbook -> our face among its files. Which face has the handbook?

A hook that mkdocs.yml names; the shells of portfolio pages take the face by themselves.
"""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from generator.model.site import FACE
from generator.shell.face import cut_face


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The files of the handbook and, beside its style, the face that all our pages have."""
    files.append(File.generated(config, f"css/{FACE}", content=cut_face()))
    return files
