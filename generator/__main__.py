"""python -m generator, stupeni -> the front door. What if somebody leaves before it is open?"""

import os


def main() -> None:
    """The front door; whoever stops us while it is being built gets no word, only the number."""
    try:
        from generator.cli import main as enter

        enter()
    except KeyboardInterrupt:
        os._exit(130)


if __name__ == "__main__":
    main()
