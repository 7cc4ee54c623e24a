"""登录、口令与会话的判定."""

from datetime import UTC, datetime, timedelta

import pytest

from ggzy.foundation.identity import rules
from ggzy.kernel.roles import Role

AT = datetime(2026, 3, 26, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (2, 0), (3, 1), (4, 2), (6, 8), (10, 120), (1000, 120)]
)
def test_the_pause_grows_and_ends(failures: int, seconds: int) -> None:
    assert rules.wait_after(failures) == timedelta(seconds=seconds)


def test_a_try_within_the_pause_is_refused_with_the_seconds_left() -> None:
    verdict = rules.may_try(5, AT, AT + timedelta(seconds=1))
    assert [reason.code for reason in verdict.reasons] == ["too_many_tries"]
    assert "3 秒" in str(verdict.reasons[0])


def test_a_try_after_the_pause_is_free() -> None:
    assert rules.may_try(5, AT, AT + timedelta(seconds=4)).ok


@pytest.mark.parametrize(
    ("role", "idle", "age", "live"),
    [
        (Role.BIDDER, 29, 60, True),
        (Role.BIDDER, 30, 60, False),
        (Role.BIDDER, 1, 12 * 60, False),
        (Role.SUPERVISOR, 14, 60, True),
        (Role.SUPERVISOR, 15, 60, False),
        (Role.SUPERVISOR, 1, 8 * 60, False),
    ],
)
def test_a_session_ends_when_idle_or_old(role: Role, idle: int, age: int, live: bool) -> None:
    opened, seen = AT - timedelta(minutes=age), AT - timedelta(minutes=idle)
    assert rules.is_live(role, opened, seen, AT) is live


@pytest.mark.parametrize(
    ("password", "codes"),
    [
        ("江州的春天总是来得比别处早一些啊", []),
        ("correct horse battery", []),
        ("short", ["password_short"]),
        ("passwordpassword", ["password_common"]),
        ("zhoulan-zhoulan-zhoulan", ["password_login"]),
        ("zhoulan", ["password_short", "password_login"]),
    ],
)
def test_a_weak_password_is_refused_with_every_reason(password: str, codes: list[str]) -> None:
    verdict = rules.may_use_password(password, "zhoulan", {"passwordpassword"})
    assert [reason.code for reason in verdict.reasons] == codes
