"""投标任务: what the bidder's page gives to a sealing tool: the plan, and the place of this bid."""

import json
from dataclasses import dataclass
from typing import Literal

from ggzy.foundation.sealing.plan import OpeningPlan
from ggzy.kernel import events
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.verdict import Reason, Refused


@dataclass(frozen=True)
class Order:
    """投标任务. `prev` is the digest of the manifest this bid replaces; `documents` of what it answers.

    `price_form` says what the lot asks for; a page shows the field that fits.
    """

    plan: OpeningPlan
    bid: str
    gen: int
    prev: str | None
    documents: str
    bidder: CreditCode
    price_form: Literal["amount", "rate", "text"] = "amount"
    fmt: Literal["ggzy.seal/1"] = "ggzy.seal/1"

    @classmethod
    def read(cls, encoded: bytes) -> "Order":
        """Raises Refused unless it is a sealing order."""
        try:
            return events.restore(cls, json.loads(encoded))
        except ValueError:
            text = "这不是投标任务文件，请在平台的投标页重新下载"
            raise Refused([Reason("not_an_order", text)]) from None
