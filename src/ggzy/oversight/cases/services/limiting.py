"""来件频率: counted in the transaction that takes a petition, so that what is counted was received and no more.

What is kept of an address is an HMAC under a random key of the hour. Key and counts of earlier hours are thrown
away with the next petition, and then not even this installation can say which address it was.
"""

import hmac
import secrets
from datetime import datetime

from django.db.models import F

from ggzy.kernel.verdict import Verdict
from ggzy.oversight.cases.models import Sending, SendingKey
from ggzy.oversight.cases.rules import petitions as rules

KEY_BYTES = 32
EVERYBODY = "all"


class Sender:
    """来件的来源: where a form came from is no part of what it said, so the same form from elsewhere is the same."""

    __slots__ = ("address",)

    def __init__(self, address: str) -> None:
        self.address = address


UNKNOWN = Sender("")


def count(sender: Sender, at: datetime) -> Verdict:
    """计一件 of this sender; may one more be taken? When not, the count is undone with the whole command."""
    address = sender.address
    hour = at.replace(minute=0, second=0, microsecond=0)
    SendingKey.objects.exclude(hour=hour).delete()
    Sending.objects.exclude(hour=hour).delete()
    key, _ = SendingKey.objects.get_or_create(hour=hour, defaults={"secret": secrets.token_bytes(KEY_BYTES)})
    named = {f"from {address}", EVERYBODY} if address else {EVERYBODY}
    before = {
        name: _more(hmac.digest(bytes(key.secret), name.encode(), "sha256").hex(), hour) for name in named
    }
    return rules.may_send(before.get(f"from {address}", 0), before[EVERYBODY])


def _more(key: str, hour: datetime) -> int:
    """One more under this key; gives how many there were. The row is held until the end."""
    Sending.objects.get_or_create(key=key, defaults={"hour": hour})
    row = Sending.objects.select_for_update().get(key=key)
    Sending.objects.filter(key=key).update(count=F("count") + 1)
    return row.count
