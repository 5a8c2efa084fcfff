"""The command `hscb-report`, as `python -m hscb_report` and as a script.

Most of a short command's time goes into imports. Two settings, made before them, take a tenth of it
away: nothing that an import makes is garbage, and no plugin of pydantic is looked for among all the
packages that are installed.
"""

import gc
import os
import sys

gc.set_threshold(50_000, 20, 20)
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from hscb_report.stopping import listen  # noqa: E402

listen()  # before the imports that follow, which take most of a second

from hscb_report.cli import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
