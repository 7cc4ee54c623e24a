"""专家入库的判断."""

from collections.abc import Collection
from datetime import date

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.experts.values import NewExpert

YEARS_MIN = 8
SPECIALTIES_MAX = 4
TITLES = ("正高级", "副高级", "高级", "同等专业水平")


def may_register(new: NewExpert, known: Collection[str], is_registered: bool, on: date) -> Verdict:
    """入库条件. `known` are the specialty codes of the table. Basis: 招标投标法 §37."""
    return judge(
        [
            (not is_registered, Reason("registered", "此人已在专家库中")),
            (
                1 <= len(new.specialties) <= SPECIALTIES_MAX,
                Reason("specialty_count", f"专业应为一至{SPECIALTIES_MAX}个"),
            ),
            (
                all(code in known and len(code) == 7 for code in new.specialties),
                Reason("specialty_unknown", "专业应是分类表中的三级专业"),
            ),
            (
                len(set(new.specialties)) == len(new.specialties),
                Reason("specialty_twice", "同一专业只需填写一次"),
            ),
            (bool(new.employer.strip()), Reason("employer_missing", "请填写工作单位")),
            (
                new.years >= YEARS_MIN,
                Reason("years", f"从事相关领域工作应满{YEARS_MIN}年，现为{new.years}年", "招标投标法 §37"),
            ),
            (
                new.title in TITLES,
                Reason("title", "应具有高级职称或者同等专业水平", "招标投标法 §37"),
            ),
            (new.term_until > on, Reason("term", "聘期截止日应在今日之后")),
        ]
    )


def may_change(reason: str) -> Verdict:
    """状态变更条件."""
    return judge([(bool(reason.strip()), Reason("reason_missing", "请说明变更的原因"))])


def may_move(employer: str) -> Verdict:
    """工作单位变更条件."""
    return judge([(bool(employer.strip()), Reason("employer_missing", "请填写工作单位"))])
