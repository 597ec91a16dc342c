"""The sample school -> pictures of every kind of page, for our eyes: `make shots`.

`LEVEL-KIND-WIDTH-SCHEME.png` in `.shots/`; what is common to all levels is `all-KIND-…`, what is
for paper `LEVEL-paper-KIND-SHEET.png`. The school is built in the machine's folder for temporary
files, where the next run finds it.
"""
