"""`python -m redflags FILE…`, or this file by its path, with the folder of msgspec in GGZY_PACKAGES: as quick as it can start."""

import gc
import os
import sys

if not __package__:  # after the standard library, which is asked for more often
    sys.path += [os.path.dirname(os.path.dirname(__file__)), os.environ["GGZY_PACKAGES"]]
gc.disable()  # what the reader makes never refers back to what made it; looking for such rings takes time
bytes(16 << 20)  # having freed so much once, glibc keeps the memory of one block for the next


def run(words: list[str]) -> int:
    """The program, loaded without what msgspec looks for and can do without: an empty module stands in its place."""
    sys.modules["typing_extensions"] = type(sys)("typing_extensions")
    from redflags.program import main

    del sys.modules["typing_extensions"]
    return main(words)


if __name__ == "__main__":
    try:
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        code = 1  # whoever read it has read enough
    os._exit(code)  # the system takes all memory back at once, Python would piece by piece
