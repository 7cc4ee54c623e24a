"""`python -m screens fit|predict FILE…`."""

import io
import sys

from screens.program import main

if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # as JSON is, in whatever place this runs
    sys.exit(main(sys.argv[1:]))
