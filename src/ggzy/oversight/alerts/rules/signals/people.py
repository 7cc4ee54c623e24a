"""人员与控制关系信号: members, contacts, representatives, owners behind owners, and who was barred."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from ggzy.kernel.instants import BEIJING
from ggzy.oversight.alerts.rules.signals.pairing import (
    CLUE,
    Side,
    Signal,
    names,
    parties,
    row,
    sharing,
    sides,
    tail,
)
from ggzy.oversight.alerts.values import Evidence, Grade, Params
from ggzy.trading.dossier.values.record import LotRecord

FAMILY = "people"
REACHED = ("电话", "手机", "邮箱", "邮件", "传真")
DIGITS_MIN = 7
SAME_NAME = "同名不等于同一人，应核对身份证件、劳动合同和社会保险。"


def same_person(record: LotRecord, params: Params) -> Iterator[Signal]:
    """投标人员相同: a name in two bids; red where a telephone agrees too. Then contacts that agree."""
    everyone = sides(record)
    reached = {side.bid.bid: frozenset(_numbers(record, side)) for side in everyone}
    for name, some in sharing(everyone, _members):
        common = frozenset.intersection(*(reached[side.bid.bid] for side in some))
        yield Signal(
            "B08",
            FAMILY,
            parties(some),
            f"{names(some)}的投标人员中都有“{name}”"
            f"{'，且联系电话相同' if common else '。' + SAME_NAME.rstrip('。')}。{CLUE}",
            tuple(row(side, f"{_roles(side, name)}：{name}") for side in some),
            Decimal("0.85") if common else Decimal("0.45"),
            grade=None if common else Grade.YELLOW,
            about=name,
        )
    for number, some in sharing(everyone, lambda side: sorted(reached[side.bid.bid])):
        yield Signal(
            "B08",
            FAMILY,
            parties(some),
            f"{names(some)}的联系方式相同（{_shown(number)}）。{CLUE}",
            tuple(row(side, f"联系方式：{_shown(number)}") for side in some),
            Decimal("0.5"),
            grade=Grade.YELLOW,
            about=_shown(number),
        )


def same_hand(record: LotRecord, params: Params) -> Iterator[Signal]:
    """同一人递交: one person handed in the bids of several bidders, each in its name and with its certificate."""
    live = [bid for bid in record.bids if bid.state in ("submitted", "opened", "not_opened") and bid.by]
    for person in sorted({bid.by for bid in live}):
        some = [bid for bid in live if bid.by == person]
        if len({bid.bidder for bid in some}) > 1:
            yield Signal(
                "D02",
                FAMILY,
                tuple(sorted({str(bid.bidder) for bid in some})),
                f"{'、'.join(bid.name for bid in some)}的投标文件由同一人（{tail(person)}）以各家的身份递交。{CLUE}",
                tuple(
                    Evidence(
                        bid.name,
                        f"{bid.at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S} 递交，递交人{tail(person)}",
                        bid.height,
                    )
                    for bid in some
                ),
                Decimal("0.95"),
                about=tail(person),
            )


def same_control(record: LotRecord, params: Params) -> Iterator[Signal]:
    """单位负责人相同、控股关系: red where telephone or address agrees with the name, or the register knows the chain."""
    everyone = sides(record)
    for name, some in sharing(everyone, _representatives):
        places = frozenset.intersection(*(frozenset(_places(side)) for side in some))
        yield Signal(
            "B09",
            FAMILY,
            parties(some),
            f"{names(some)}登记的法定代表人（负责人）同为“{name}”"
            f"{'，登记的电话或地址也相同' if places else '。' + SAME_NAME.rstrip('。')}。{CLUE}",
            tuple(row(side, f"法定代表人（负责人）：{name}") for side in some),
            Decimal("0.9") if places else Decimal("0.5"),
            grade=None if places else Grade.YELLOW,
            about=name,
        )
    yield from _controlled(everyone)


def _controlled(everyone: Sequence[Side]) -> Iterator[Signal]:
    """One controls the other, or the same one controls both, however many steps above."""
    for one, other in combinations(everyone, 2):
        ours, theirs = _standing(one), _standing(other)
        common = next((name for name in ours if name in theirs), None)
        if common is not None:
            yield Signal(
                "B09",
                FAMILY,
                parties((one, other)),
                f"{names((one, other))}存在控股关系，共同的控股方为 {common}。{CLUE}",
                (row(one, _chain(one, common)), row(other, _chain(other, common))),
                Decimal("0.9"),
                about=common,
            )


def _standing(side: Side) -> list[str]:
    """The organisations behind a bid, and everybody above them."""
    found = [name for contact in side.trace.contacts for name in (str(contact.party), *contact.above)]
    return list(dict.fromkeys(found))


def _chain(side: Side, name: str) -> str:
    for contact in side.trace.contacts:
        line = (str(contact.party), *contact.above)
        if name in line:
            steps = line.index(name)
            return f"{name} 即本单位" if steps == 0 else f"{name} 为其控股方（登记的出资比例不低于 50 %）"
    raise AssertionError("asked only of those who stand there")


def barred(record: LotRecord, params: Params) -> Iterator[Signal]:
    """禁入主体参加: a ban was in force when the bids were opened."""
    for side in sides(record):
        for contact in side.trace.contacts:
            if contact.ban:
                yield Signal(
                    "B31",
                    FAMILY,
                    (str(side.bid.bidder),),
                    f"{side.bid.name}开标时仍在市场禁入期内：{contact.ban}。",
                    (row(side, f"{contact.party}：{contact.ban}"),),
                    Decimal(1),
                    about=str(contact.party),
                )


def _members(side: Side) -> Iterable[str]:
    """Names of people, of two characters at least; a unit's own name or a number is none."""
    for person in side.trace.people:
        plain = "".join(person.name.split())
        if not person.role.endswith(REACHED) and len(plain) > 1 and not any(sign.isdigit() for sign in plain):
            yield plain


def _roles(side: Side, name: str) -> str:
    found = [person.role for person in side.trace.people if "".join(person.name.split()) == name]
    return "、".join(dict.fromkeys(found))


def _numbers(record: LotRecord, side: Side) -> Iterator[str]:
    """Telephones and addresses of mail; the owner's and agency's own, copied from the notice, are not theirs."""
    known = _digits(record.terms.contact) if record.terms else ""
    told = [person.name for person in side.trace.people if person.role.endswith(REACHED)]
    told += [contact.phone for contact in side.trace.contacts]
    for one in told:
        number = one.strip().lower() if "@" in one else _digits(one)
        if ("@" in number or len(number) >= DIGITS_MIN) and number not in known:
            yield number


def _representatives(side: Side) -> Iterable[str]:
    return (
        "".join(contact.representative.split()) for contact in side.trace.contacts if contact.representative
    )


def _places(side: Side) -> Iterator[str]:
    for contact in side.trace.contacts:
        number = _digits(contact.phone)
        if len(number) >= DIGITS_MIN:
            yield number
        if contact.address.strip():
            yield "".join(contact.address.split())


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _shown(number: str) -> str:
    return f"{number[:2]}***{number[-6:]}" if "@" in number else f"尾号 {number[-4:]}"
