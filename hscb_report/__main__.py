"""`python -m hscb_report` is the command `hscb-report`."""

import sys

from hscb_report.cli import main

if __name__ == "__main__":
    sys.exit(main())
