"""`python -m redflags FILE…`, or this file by its path, with the folder of msgspec in GGZY_PACKAGES: as quick as it can start."""

import gc
import os
import sys

if not __package__:  # after the standard library, which is asked for more often
    sys.path += [os.path.dirname(os.path.dirname(__file__)), os.environ["GGZY_PACKAGES"]]
gc.disable()  # what the reader makes never refers back to what made it; looking for such rings takes time
bytes(16 << 20)  # having freed so much once, glibc keeps the memory of one block for the next
sys.modules["typing_extensions"] = None  # type: ignore[assignment]  # msgspec loads it, and needs it not
from redflags.program import main  # noqa: E402

del sys.modules["typing_extensions"]

if __name__ == "__main__":
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        code = 1  # whoever read it has read enough
    os._exit(code)  # the system takes all memory back at once, Python would piece by piece
