"""OCDS 读入: releases of others as the records that indicators read, and what each indicator needs of them."""

from ggzy.oversight.alerts.rules.ocds.mapping import Mapped, began_on, deadline, mapped
from ggzy.oversight.alerts.rules.ocds.needs import NEEDS, is_able, words

__all__ = ["NEEDS", "Mapped", "began_on", "deadline", "is_able", "mapped", "words"]
