"""调整参数: a number of an indicator, for one region and what lies in it, with a reason."""

from datetime import datetime

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.oversight.alerts import events, indicators, queries, rules
from ggzy.oversight.alerts.models import SettingRow
from ggzy.oversight.powers.services import under


@command
@under("indicator.tune")
def tune(actor: Actor, indicator: str, name: str, text: str, reason: str, *, at: datetime) -> Receipt:
    """调整参数 in the supervisor's own region, from now on. Raises Refused, Missing."""
    identity.permit(actor, Permission.INDICATOR_TUNE)
    model = indicators.models().get(indicator)
    if model is None:
        raise Missing("没有这个监管指标")
    before = rules.written(queries.params(model.indicator, actor.region).get(name, ""))
    rules.may_tune(model.indicator, name, text, before, reason).require()
    SettingRow.objects.create(
        indicator=indicator, region=actor.region, name=name, text=text.strip(), reason=reason.strip(),
        by=actor.person, since=at,
    )  # fmt: skip
    fact = events.ParameterChanged(
        indicator=indicator,
        region=actor.region,
        name=name,
        before=before,
        after=text.strip(),
        reason=reason.strip(),
    )
    return journal.record(fact, actor=actor, at=at)
