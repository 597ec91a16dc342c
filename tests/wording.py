"""schema/ -> the product's own words, read once for the tests and the reference."""

from generator.load import read_acts, read_labels, read_vocabularies
from generator.model.schemas import Wording
from tests.world import SCHEMA

WORDS = Wording(
    read_labels(SCHEMA / "labels"), read_vocabularies(SCHEMA / "vocabulary"), read_acts(SCHEMA)
)
