"""核对预警: `verify` tells a row of an alert that its facts do not bear out."""

import pytest

from ggzy.desk.management.commands.verify import compare
from ggzy.foundation.journal import queries as journal
from ggzy.oversight.alerts import models, services
from tests.services.alerts.stage import second_wins
from tests.world import START, World

pytestmark = pytest.mark.django_db


def test_verify_compares_each_alert_with_its_facts(world: World):
    row = second_wins(world)
    services.tell(world.system(), row.code, at=START)
    assert _alert_faults() == []
    models.Alert.objects.filter(pk=row.code).update(state="dismissed")
    (fault,) = _alert_faults()
    assert row.code in fault and "alerts.state" in fault


def _alert_faults() -> list[str]:
    return [fault for fault in compare(journal.audit()).faults if " alerts." in fault]
