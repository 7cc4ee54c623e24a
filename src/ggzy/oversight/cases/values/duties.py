"""监督待办的值."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Duty:
    """监督待办: what is due by which day, and where it is done."""

    what: str
    title: str
    url: str
    until: date
    article: str
