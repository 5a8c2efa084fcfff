"""`make test`: pytest with the arguments in PYTEST_ARGS, split as a shell would split them."""

import os
import shlex
import sys

import pytest

if __name__ == "__main__":
    try:
        arguments = shlex.split(os.environ.get("PYTEST_ARGS", ""))
    except ValueError:
        sys.exit("PYTEST_ARGS: its quotation marks do not close.")
    os.environ.pop("PYTEST_ARGS", None)
    sys.exit(pytest.main(arguments))
