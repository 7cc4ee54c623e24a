"""`python -m screens fit|predict FILE…`."""

import sys

from screens.program import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
