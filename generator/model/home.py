"""School + home -> its children. Whom does one card open together?

Check and decide, which do not know each other, both ask here.
"""

from generator.model.school import School
from generator.model.student import Household, Student


def children_of(school: School, home: str) -> tuple[tuple[Student, Household], ...]:
    """Everybody who lives in a home that brothers and sisters share, with their household there."""
    return school.homes.get(home, ())
