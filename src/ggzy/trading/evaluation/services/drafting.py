"""评审草稿: saved while a member works; a draft is no act, so it leaves no fact."""

from datetime import datetime

from django.db import transaction

from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.roles import Permission
from ggzy.trading.evaluation import access
from ggzy.trading.evaluation.models import Draft
from ggzy.trading.evaluation.rules import drafting as rules


def save_draft(
    actor: Actor, lot: LotCode, bid: str, criterion: str, content: str, note: str = "", *, at: datetime
) -> None:
    """保存草稿 of one criterion of one bid. Raises Refused, and Missing for anybody but a seated member."""
    with transaction.atomic():
        bench = access.bench_of(actor, lot, Permission.REVIEW_WRITE)
        rules.may_save(bench.sitting, bench.scheme, bid, criterion, content, note).require()
        Draft.objects.update_or_create(
            member=bench.member,
            bid=bid,
            criterion=criterion,
            defaults={"content": content, "note": note, "saved_at": at},
        )
