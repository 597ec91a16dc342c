"""python -m generator -> the front door."""

from generator.cli import main

if __name__ == "__main__":
    main()
