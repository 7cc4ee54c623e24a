"""目录的值: the law as data, and the words that shut bidders out."""

from ggzy.registers.catalog.values.law import (
    Category,
    CategoryCode,
    Classification,
    Entry,
    Exemption,
    Funding,
    Limit,
    Method,
    Particular,
    RegionFacts,
    Rulebook,
    Side,
    Subject,
    Term,
    Thresholds,
    Trait,
    TraitKind,
)
from ggzy.registers.catalog.values.phrases import Phrase, exclusions

__all__ = [
    "Category",
    "CategoryCode",
    "Classification",
    "Entry",
    "Exemption",
    "Funding",
    "Limit",
    "Method",
    "Particular",
    "Phrase",
    "RegionFacts",
    "Rulebook",
    "Side",
    "Subject",
    "Term",
    "Thresholds",
    "Trait",
    "TraitKind",
    "exclusions",
]
