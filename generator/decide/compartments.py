"""Whose pages -> the name of the key that locks them. What is sealed together?

What several families or colleagues share bears the school year: whoever goes with the year holds
keys of the year before, and no page of the next one is sealed with those.
"""

from generator.model.school import Level


def of_family(student: str) -> str:
    """The whole of one student, for every home of the child."""
    return f"child:{student}/family"


def of_home(home: str) -> str:
    """The first page of brothers and sisters who share a home."""
    return f"home:{home}"


def of_class(year: str, room: str) -> str:
    """What a class shows to each other."""
    return f"class:{year}:{room}/shared"


def of_level(year: str, level: Level) -> str:
    """What everybody on a level may see."""
    return f"level:{level}:{year}/shared"


def of_teacher(year: str, person: str) -> str:
    """The classes of one class teacher: whoever leads them next has a key of their own."""
    return f"teacher:{person}:{year}"


def of_staff(year: str, level: Level) -> str:
    """Everything on a level, for those who answer for it."""
    return f"staff:{level}:{year}"
