"""Why a received file, or a part of it, is not taken."""


class RefusedError(Exception):
    """What is wrong with a file, and what mends it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint
