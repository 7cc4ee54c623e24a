"""十一项红旗: one file each, exporting FLAG."""

from __future__ import annotations

from redflags.findings import Flag
from redflags.indicators.r003 import R003
from redflags.indicators.r018 import R018
from redflags.indicators.r024 import R024
from redflags.indicators.r025 import R025
from redflags.indicators.r028 import R028
from redflags.indicators.r030 import R030
from redflags.indicators.r035 import R035
from redflags.indicators.r036 import R036
from redflags.indicators.r038 import R038
from redflags.indicators.r048 import R048
from redflags.indicators.r058 import R058
from redflags.prices import Differences
from redflags.settings import Settings

KINDS: tuple[type[Flag], ...] = (R003, R018, R024, R025, R028, R030, R035, R036, R038, R048, R058)


def asked(settings: Settings, differences: Differences) -> list[Flag]:
    """所需红旗: those the settings ask for, in the order of their codes."""
    return [kind(settings, differences) for kind in KINDS if kind.code in settings.flags]
