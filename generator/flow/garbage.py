"""What a build makes -> what is looked through for garbage. Where is there none?

Nearly all that is read lives to the end of a build: looking for what may go among it costs a tenth
of a build of one change. Pages are different: what they are made of goes with each of them.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def all_is_kept() -> Iterator[None]:
    """What is made meanwhile is not looked through, and neither is it later."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was:
            gc.enable()


@contextmanager
def until_the_end() -> Iterator[None]:
    """Behind this, all that was kept may go like everything else."""
    try:
        yield
    finally:
        gc.unfreeze()
