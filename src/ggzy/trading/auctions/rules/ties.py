"""利害关系与材料: what the register and the notice say about an applicant, as words for `may_apply`."""

from collections.abc import Iterable, Sequence

from ggzy.registers.parties.values import PartyFacts
from ggzy.trading.auctions.values import Document


def missing(materials: Sequence[str], handed_in: Iterable[Document]) -> tuple[str, ...]:
    """缺少的材料: what the notice asks for and no file was handed in as."""
    given = {document.material for document in handed_in}
    return tuple(material for material in materials if material not in given)


def tie(party: PartyFacts, side: Iterable[PartyFacts]) -> str:
    """与出让方的利害关系; empty where the register knows none. Basis: 企业国有资产法 §43, §56."""
    found = ((shared(party, one), one.name) for one in side if one.code != party.code)
    return "；".join(f"与{name}{words}" for words, name in found if words)


def clashes(party: PartyFacts, others: Iterable[PartyFacts]) -> tuple[str, ...]:
    """与其他申请人的控制关系: told in the applicant's own particulars, for who else applies is sealed."""
    found = {shared(party, one) for one in others if one.code != party.code}
    return tuple(sorted(f"与本单位{words}的单位" for words in found if words))


def shared(one: PartyFacts, other: PartyFacts) -> str:
    """同一控制的迹象: one basic account, or one legal representative at one address.

    A name alone says nothing: two people may bear it. The register knows no shareholders.
    """
    if one.basic_account and other.basic_account and one.basic_account.number == other.basic_account.number:
        return "使用同一基本账户"
    is_same = one.representative.strip() and one.representative.strip() == other.representative.strip()
    if is_same and one.address.strip() == other.address.strip():
        return f"法定代表人同为{one.representative.strip()}、住所相同"
    return ""
