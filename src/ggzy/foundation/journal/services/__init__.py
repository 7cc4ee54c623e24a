"""留痕的命令: recording facts, following them, signing heads, erasing bodies."""

from ggzy.foundation.journal.services.erasing import erase
from ggzy.foundation.journal.services.following import Batched, follow, follow_again
from ggzy.foundation.journal.services.heads import JournalBroken, checkpoint, pad
from ggzy.foundation.journal.services.recording import (
    command,
    record,
    record_all,
    record_each,
    simulate,
    together,
)

__all__ = [
    "Batched",
    "JournalBroken",
    "checkpoint",
    "command",
    "erase",
    "follow",
    "follow_again",
    "pad",
    "record",
    "record_all",
    "record_each",
    "simulate",
    "together",
]
