"""`python -m redflags FILE…`."""

import gc
import sys

from redflags.program import main

if __name__ == "__main__":
    gc.disable()  # what the reader makes never refers back to what made it; looking for such rings takes time
    sys.exit(main(sys.argv[1:]))
