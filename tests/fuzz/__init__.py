"""Damaged inputs, drawn from a seed: what happens to tables, settings, texts, folders, notebooks.

`damages` are what is done, `inputs` draws them, `oracle` says what must hold of each, `worker`
tries them in a process of its own, and `run` has several workers at it and tells what they found.
The command is `make fuzz`.
"""
