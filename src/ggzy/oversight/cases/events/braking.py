"""刹车的事实. Stopping, reviewing and releasing a lot are facts of the lot itself, told in its own stream."""

from ggzy.trading.projects.events import BrakeReviewed

__all__ = ["BrakeReviewed"]
