"""同名提示的读取: whose representative bears the name of somebody barred, or of somebody on the owner's side."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from ggzy.kernel.codes import CreditCode
from ggzy.registers.credit.queries.gates import all_bans, running
from ggzy.registers.parties import queries as parties
from ggzy.registers.parties.values import Bearer


def namesakes(
    codes: Collection[CreditCode],
    at: datetime,
    *,
    side: Collection[CreditCode | None] = (),
    reader: str = "",
) -> dict[CreditCode, tuple[str, ...]]:
    """法定代表人同名提示: of each party, the banned ones whose representative bears the same name, whoever
    bears it in the organisations of `side` (the owner and its agency), and the reader if it is its own name.

    A name is not an identity: it warns, it bars nobody.
    """
    known = parties.parties(codes)
    wanted = {facts.representative for facts in known.values() if facts.representative}
    rows = all_bans().filter(running(at), party__representative__in=wanted)
    others = [_barred(row) for row in rows]
    if reader:
        others.append(Bearer(reader, "您本人"))
    return parties.namesakes(codes, [code for code in side if code], others)


def _barred(row: Any) -> Bearer:
    ban = row.facts()
    said = f"{ban.name}{ban.reason}"
    return Bearer(row.party.representative, f"{ban.name}的法定代表人", ban.party, said)
