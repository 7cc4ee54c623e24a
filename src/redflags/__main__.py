"""`python -m redflags FILE…`, or this file by its path, with the folder of msgspec in GGZY_PACKAGES: as quick as it can start."""

import gc
import io
import os
import sys
from types import ModuleType

gc.disable()  # what the reader makes never refers back to what made it; looking for such rings takes time
bytes(16 << 20)  # having freed so much once, glibc keeps the memory of one block for the next
SPARED = (
    "decimal", "enum", "re", "typing_extensions", "uuid",
    "msgspec._json_schema", "msgspec.inspect", "msgspec.msgpack", "msgspec.toml", "msgspec.yaml",
)  # fmt: skip


class Standing(ModuleType):
    """A module in another's place: whatever is asked of it is a class of no use."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("_"):
            raise AttributeError(name)
        return type(name, (), {"unknown": None})


def hasten() -> None:
    """Loads msgspec without what it asks for and can do without here: half of what it takes to load."""
    sys.path += [os.path.dirname(os.path.dirname(__file__)), os.environ["GGZY_PACKAGES"]]  # stdlib first
    sys.modules["datetime"] = __import__("_datetime")  # all of it that is used here, in C
    sys.modules |= {name: Standing(name) for name in SPARED}
    __import__("msgspec")
    for name in SPARED:
        del sys.modules[name]


if __name__ == "__main__":
    if not __package__:
        hasten()
    from redflags.program import main

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # as JSON is, in whatever place this runs
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        code = 1  # whoever read it has read enough
    os._exit(code)  # the system takes all memory back at once, Python would piece by piece
