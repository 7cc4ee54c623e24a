"""留痕自身的事实."""

from ggzy.kernel.events import Audience, event


@event("journal.padded", Audience.RESTRICTED, subject="padding")
class Padded:
    """填充. Says nothing; hides how many real facts a checkpoint covers."""


@event("payload.erased", Audience.PUBLIC, subject="keys")
class PayloadErased:
    """内容已依法删除. The body of one entry is gone; its place in the chain stays."""

    height: int
    basis: str
    second_person: str
