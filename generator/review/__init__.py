"""Two states of a school -> what changed, whom it touches, what becomes visible; who may change it.

Compared are records that were read, never text: order, quotes, comments and empty values of a file
say nothing.
"""
