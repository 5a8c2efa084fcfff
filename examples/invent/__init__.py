"""Invents boards: the data root of a whole partnership, with its years, from a seed.

`python -m examples.invent --seed 1 --out DIR` writes one. Northshire, in `examples/northshire`, is
seed 1, with names of its own; any other seed gives another board. What is invented follows from the
seed and from the tables that the package knows, and from nothing else: the same seed gives the same
bytes on every machine. Modules make rows, one for each subject; `lists/` holds what they choose
from and `texts/` the prose; `writing` alone touches files.
"""
