"""What was made is kept under what it was made from: a run makes again only what has changed.

`signatures` says what a run can read, `shelf` keeps what it made in the user's cache folder.
"""
