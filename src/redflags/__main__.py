"""`python -m redflags FILE…`."""

import sys

from redflags.program import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
