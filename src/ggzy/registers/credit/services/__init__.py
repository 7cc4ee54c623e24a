"""信用库的命令."""

from ggzy.registers.credit.services.records import ban, lift, record, repair

__all__ = ["ban", "lift", "record", "repair"]
