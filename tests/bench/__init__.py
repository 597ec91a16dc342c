"""How much does a school's build cost, beside plain MkDocs? `python -m tests.bench`."""
