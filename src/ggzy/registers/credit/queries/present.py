"""信用档案 as the rows tell it, for the verifier."""

from ggzy.kernel.codes import CreditCode
from ggzy.registers.credit.models import CreditRecord, EntryAppeal, ListEntry, MarketBan


def standing(party: CreditCode) -> dict[str, object]:
    """现状: what `rules.fold` must say too."""
    kept, imposed = CreditRecord.objects.filter(party=party), MarketBan.objects.filter(party=party)
    counts = {
        "records": kept.count(),
        "repaired": kept.filter(repaired_on__isnull=False).count(),
        "withdrawn": kept.filter(withdrawn_on__isnull=False).count(),
        "bans": imposed.count(),
        "lifted": imposed.filter(lifted_at__isnull=False).count(),
    }
    last = imposed.order_by("-end").values_list("end", flat=True).first()
    states = [
        *ListEntry.objects.filter(party=party).values_list("code", "state"),
        *EntryAppeal.objects.filter(party=party).values_list("code", "state"),
    ]
    if not states and not any(counts.values()):
        return {}
    return {
        **counts,
        "banned_until": last.isoformat() if last else "",
        "states": sorted(f"{code}:{state}" for code, state in states),
        "titles": sorted(f"{code}:{title}" for code, title in kept.values_list("code", "title")),
    }
