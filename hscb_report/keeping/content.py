"""The content of what a report holds, as a signature: the same for the same alone, in any run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from pydantic import BaseModel


def signature_of(value: object) -> str:
    """Return the signature of a value that results are made of.

    Raises TypeError for a value whose content cannot be told.
    """
    told = hashlib.sha256()
    for part in _parts(value):
        told.update(part)
        told.update(b"\0")
    return told.hexdigest()


def _parts(value: Any) -> Iterator[bytes]:
    """Yield what a value is made of, each with its kind, so that no two run into each other."""
    kind = type(value).__name__.encode()
    if value is None or isinstance(value, bool | int | float | str | Decimal | date | PurePath):
        yield kind + b" " + str(value).encode("utf-8", "surrogatepass")
    elif isinstance(value, bytes):
        yield kind + b" " + value
    elif is_dataclass(value) and not isinstance(value, type):
        yield kind + b" ("
        for field in fields(value):
            yield field.name.encode()
            yield from _parts(getattr(value, field.name))
        yield b")"
    elif isinstance(value, BaseModel):
        yield kind + b" ("
        yield from _parts(dict(value))
        yield b")"
    elif isinstance(value, Mapping):
        yield b"{"
        for key, held in value.items():
            yield from _parts(key)
            yield from _parts(held)
        yield b"}"
    elif isinstance(value, Set):
        yield b"<"
        yield from sorted(signature_of(one).encode() for one in value)
        yield b">"
    elif isinstance(value, list | tuple):
        yield b"["
        for one in value:
            yield from _parts(one)
        yield b"]"
    else:
        raise TypeError(f"the content of {kind.decode()} cannot be told.")
