"""主管部门: the words of the catalogue and the codes of the branches name the same departments."""

import pytest

from ggzy.registers.catalog import queries

OPEN_WORDS = {"行业行政监督部门", "按事项确定的行政监督部门"}


@pytest.mark.parametrize(
    "category, branches",
    [
        ("A01", {"housing"}),
        ("A07", {"water"}),
        ("A99", {"development"}),
        ("govproc", {"finance"}),
        ("L02", {"offices"}),
        ("nothing known", set()),
    ],
)
def test_a_trade_belongs_to_the_departments_its_words_name(category: str, branches: set[str]):
    assert queries.competent(category) == branches


def test_a_whole_category_belongs_to_the_departments_of_all_its_trades():
    assert queries.competent("construction") >= {"development", "housing", "transport", "water"}
    assert "finance" not in queries.competent("construction")


def test_words_that_name_several_departments_give_each():
    words = {queries.authority(code): queries.competent(code) for code in every_code() if len(code) == 3}
    assert words["住房城乡建设、交通运输、发展改革部门"] == {"housing", "transport", "development"}
    assert words["国有资产监督管理机构、财政部门"] == {"assets", "finance"}


def test_every_trade_names_a_branch_or_leaves_it_open_in_so_many_words():
    assert {queries.authority(code) for code in every_code() if not queries.competent(code)} == OPEN_WORDS


def test_every_branch_supervises_some_trade():
    assert frozenset().union(*map(queries.competent, every_code())) == set(queries.branches())


def every_code() -> list[str]:
    return [
        code for entry in queries.categories() for code in (entry.key, *(one.code for one in entry.codes))
    ]
