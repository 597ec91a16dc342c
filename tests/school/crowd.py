"""A number -> stories. What does a school of any size look like?"""

from tests.school.shape import Shaped, shape_sample


def shape_crowd(students: int, entries: int, seed: int, scans: bool) -> Shaped:
    """A school of so many students."""
    return shape_sample(seed, scans=scans)
