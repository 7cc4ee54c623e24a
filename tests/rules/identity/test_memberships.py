"""任职身份与证书的判定."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ggzy.foundation.identity import rules
from ggzy.foundation.identity.values import CertificateFacts, MembershipFacts
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.roles import Role

AT = datetime(2026, 3, 26, 1, 0, tzinfo=UTC)
CITY, COUNTY = RegionCode("990100"), RegionCode("990101")
FIRM = CreditCode.make(region=CITY, serial=1)
OTHER = CreditCode.make(region=CITY, serial=2)
HELD = MembershipFacts(
    id=1, person="u1", person_name="周岚", organisation=FIRM, role=Role.BIDDER, region=CITY, granted_at=AT
)
CERTIFICATE = CertificateFacts(
    fingerprint="ab" * 32,
    holder="江州建设",
    organisation=FIRM,
    issuer="演示",
    certificate_pem=b"",
    public_key_pem=b"",
    valid_from=AT - timedelta(days=1),
    valid_to=AT + timedelta(days=1),
)


@pytest.mark.parametrize(
    ("organisation", "role", "codes"),
    [
        (OTHER, Role.BIDDER, []),
        (OTHER, Role.OWNER, []),
        (None, Role.EXPERT, []),
        (FIRM, Role.SYSTEM, ["role_system"]),
        (None, Role.BIDDER, ["organisation_missing"]),
        (FIRM, Role.BIDDER, ["already_granted"]),
        (FIRM, Role.OWNER, ["incompatible"]),
        (FIRM, Role.SUPERVISOR, ["incompatible"]),
    ],
)
def test_a_membership_is_granted_or_refused(
    organisation: CreditCode | None, role: Role, codes: list[str]
) -> None:
    verdict = rules.may_grant([HELD], organisation, role, CITY)
    assert [reason.code for reason in verdict.reasons] == codes


def test_the_same_role_in_another_region_is_another_membership() -> None:
    assert rules.may_grant([HELD], FIRM, Role.BIDDER, COUNTY).ok


@pytest.mark.parametrize(
    ("change", "bound_to", "codes"),
    [
        ({}, None, []),
        ({"organisation": None}, None, []),
        ({"valid_from": AT + timedelta(days=1)}, None, ["not_yet_valid"]),
        ({"valid_to": AT}, None, ["expired"]),
        ({"organisation": OTHER}, None, ["organisation_differs"]),
        ({}, "u2", ["bound_elsewhere"]),
        ({}, "u1", ["already_bound"]),
        (
            {"valid_to": AT, "organisation": OTHER},
            "u2",
            ["expired", "organisation_differs", "bound_elsewhere"],
        ),
    ],
)
def test_a_certificate_is_bound_or_refused(
    change: dict[str, Any], bound_to: str | None, codes: list[str]
) -> None:
    verdict = rules.may_bind(replace(CERTIFICATE, **change), [HELD], bound_to, "u1", AT)
    assert [reason.code for reason in verdict.reasons] == codes
