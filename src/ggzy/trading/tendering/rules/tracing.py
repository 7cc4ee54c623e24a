"""投标中的人员: whom an offer names, and in which place."""

from ggzy.foundation.sealing.content import Offer
from ggzy.trading.tendering.values.traces import Person

LEADER = "项目负责人"
NAMED = ("联系人", "代理人", "授权代表", "负责人", "项目经理", "总监", "经办人", "员")
REACHED = ("电话", "手机", "邮箱", "电子邮件", "传真")
LENGTH_MAX = 60
PEOPLE_MAX = 40


def people(offer: Offer | None) -> tuple[Person, ...]:
    """人员与联系方式: the leader, and the fields of the offer that name people or how to reach them."""
    if offer is None:
        return ()
    told = [(LEADER, offer.leader)]
    told += [(field.label, field.text) for field in offer.fields if _is_person(field.label)]
    found = (Person(role[:LENGTH_MAX], " ".join(name.split())[:LENGTH_MAX]) for role, name in told)
    return tuple(dict.fromkeys(person for person in found if person.name))[:PEOPLE_MAX]


def _is_person(label: str) -> bool:
    return label.strip().endswith((*NAMED, *REACHED))
