"""The calculations, one module a chapter: pure functions from rows to figures."""
