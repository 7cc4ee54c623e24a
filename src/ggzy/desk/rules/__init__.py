"""工作台的规则: whose turn it is, where a lot stands on its way, what comes next; tenders and auctions. Pure."""

from ggzy.desk.rules.tenders import STATIONS, coming, moments, sitting, task, timeline, told

__all__ = ["STATIONS", "coming", "moments", "sitting", "task", "timeline", "told"]
