"""Template + nouns -> HTML. How does Jinja set a page without asking the same thing twice?

A school has tens of thousands of pages, and in each of them a thousand places to fill.
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context
from markupsafe import Markup, escape

T = TypeVar("T")
_NAMED = "__stupeni_1_%s.cache"
"""What `_Writer` makes of templates, so named that Jinja alone never takes it for its own; when it
writes otherwise, the number changes."""
# Of plain text alone: 1 and True are one key, and are not the same words.
_escaped = lru_cache(maxsize=1 << 12)(escape)


def set_noun(noun: object) -> Markup:
    """As `escape`; what is HTML already is not copied to find that out."""
    if type(noun) is Markup:
        return noun
    return _escaped(noun) if type(noun) is str else escape(noun)


class _Caller(Context):
    """Nothing that our templates call wants the context, so nothing is asked whether it does."""

    def call(
        self,
        called: Callable[..., T],
        /,
        *nouns: Any,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: Any,
    ) -> T:
        """What it says to these nouns; where it stands, a loop or a block, it is not told."""
        return called(*nouns, **named)


class _Writer(CodeGenerator):
    """Writes that every value goes through `set_noun`: none is left as it is."""

    def _output_child_pre(self, *_: object) -> None:
        self.write("environment.set_noun(")


class Engine(Environment):
    """Jinja, as it is set up for pages."""

    code_generator_class = _Writer
    context_class = _Caller
    set_noun = staticmethod(set_noun)


def kept_in(folder: Path) -> FileSystemBytecodeCache:
    """What templates compiled to in this private folder."""
    return FileSystemBytecodeCache(str(folder), _NAMED)
