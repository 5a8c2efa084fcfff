"""A year and the year after: what is carried over, and what has been done since."""
