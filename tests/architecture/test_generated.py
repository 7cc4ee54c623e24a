"""Pages generated from the code say what the code says."""

from ggzy.kernel.roles import GRANTS, INCOMPATIBLE, Permission, Role
from tools import matrix


def test_the_permission_matrix_is_current() -> None:
    assert matrix.PAGE.read_text() == matrix.page(), "write it anew: python -m tools.matrix"


def test_every_permission_is_granted_to_somebody() -> None:
    assert {permission for granted in GRANTS.values() for permission in granted} == set(Permission)


def test_every_role_has_a_row_and_every_pair_two_roles() -> None:
    assert set(GRANTS) == set(Role)
    assert all(len(pair) == 2 for pair in INCOMPATIBLE)


def test_no_permission_approves() -> None:
    assert not [
        permission for permission in Permission if "approve" in permission or "审批" in permission.label
    ]
