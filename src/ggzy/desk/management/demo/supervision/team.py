"""监督部门的人: two who investigate, one who reviews the law, three who decide. Basis: 行政处罚法 §42, §57, §58."""

from dataclasses import dataclass
from datetime import datetime

from ggzy.desk.management.rehearsal.cast import Cast, Organisation
from ggzy.oversight.cases import services as cases
from ggzy.oversight.cases.values.deciding import PostKind

COLLEAGUES = {
    "officer": PostKind.OFFICER,
    "reviewer": PostKind.REVIEWER,
    "head": PostKind.HEAD,
    "head-2": PostKind.HEAD,
    "head-3": PostKind.HEAD,
}


@dataclass(frozen=True)
class Team:
    """办案的人: everybody acts for the same authority, each from a seat of his own."""

    officers: tuple[Organisation, ...]
    reviewer: Organisation
    heads: tuple[Organisation, ...]

    @classmethod
    def found(cls, cast: Cast, at: datetime) -> "Team":
        """组建: the cast's supervisor investigates, too."""
        seated: dict[PostKind, list[Organisation]] = {kind: [] for kind in PostKind}
        people = {login: cast.colleague(cast.supervisor, login, at) for login in COLLEAGUES}
        for login, who in {"supervisor": cast.supervisor, **people}.items():
            kind = COLLEAGUES.get(login, PostKind.OFFICER)
            paper = f"云岭执法证 98-{login}"
            cases.appoint(cast.platform(), who.person, who.code, kind, paper, at=at)
            seated[kind].append(who)
        officers, (reviewer,), heads = (seated[kind] for kind in PostKind)
        return cls(tuple(officers), reviewer, tuple(heads))
