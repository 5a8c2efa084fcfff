"""Compiling the book: sources staged, Jupyter Book run, PDF made from the same document tree."""
