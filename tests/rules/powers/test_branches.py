"""监督分工: who may supervise what, by one's own branches, those of the matter, and those of whoever serves there."""

import pytest

from ggzy.oversight.powers import rules

HOUSING, FINANCE, BOTH = frozenset({"housing"}), frozenset({"finance"}), frozenset({"housing", "finance"})
WATER, ALL, NONE = frozenset({"water"}), frozenset[str](), frozenset[str]()


@pytest.mark.parametrize(
    "mine, competent, serving, may",
    [
        pytest.param(ALL, HOUSING, [ALL], True, id="who supervises all"),
        pytest.param(ALL, HOUSING, [ALL, HOUSING], True, id="who supervises all, beside the branch"),
        pytest.param(ALL, NONE, [ALL, HOUSING], True, id="who supervises all, without a branch"),
        pytest.param(HOUSING, HOUSING, [HOUSING, FINANCE], True, id="one's own"),
        pytest.param(HOUSING, HOUSING, [HOUSING, ALL], True, id="one's own, beside who supervises all"),
        pytest.param(BOTH, FINANCE, [BOTH], True, id="one of one's own"),
        pytest.param(HOUSING, BOTH, [HOUSING, FINANCE], True, id="shared"),
        pytest.param(HOUSING, FINANCE, [HOUSING, FINANCE], False, id="another's"),
        pytest.param(HOUSING, FINANCE, [HOUSING, BOTH], False, id="another's, which has mine too"),
        pytest.param(HOUSING, FINANCE, [HOUSING, ALL], False, id="nobody's branch: who supervises all"),
        pytest.param(HOUSING, NONE, [HOUSING, ALL], False, id="no branch: who supervises all"),
        pytest.param(HOUSING, WATER, [HOUSING, FINANCE], True, id="nobody covers it: everybody"),
        pytest.param(HOUSING, NONE, [HOUSING, FINANCE], True, id="no branch, nobody supervises all"),
        pytest.param(HOUSING, WATER, [], True, id="nobody serves there"),
    ],
)
def test_who_may_supervise_what(mine, competent, serving, may):
    verdict = rules.may_supervise(mine, competent, serving, "财政部门")
    assert verdict.ok is may
    if not may:
        (reason,) = verdict.reasons
        assert reason.code == "other_branch" and "财政部门" in reason.text and reason.article


@pytest.mark.parametrize(
    "competent, serving, is_covered",
    [
        (HOUSING, [], False),
        (HOUSING, [FINANCE], False),
        (HOUSING, [FINANCE, BOTH], True),
        (HOUSING, [FINANCE, ALL], True),
        (NONE, [FINANCE], False),
        (NONE, [ALL], True),
    ],
)
def test_what_is_covered(competent, serving, is_covered):
    assert rules.is_covered(competent, serving) is is_covered
