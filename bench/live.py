"""./ggzy bench live: every fact through all indicators, and how long from a fact to its alert.

An invented market is told as facts, about forty a lot. Then the same journal is passed on twice: to a follower
that does nothing (the baseline: what passing on costs by itself) and to the models. It is looked at once more in
bulk, and both ways must have found the same. Last, `follow` runs as in an installation, facts that raise an alert
come one by one at irregular moments, and the time until the alert can be read is taken.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from bench._market import Market

LOTS, ALERTS = 150, 100
PATIENCE_S = 60.0


def main() -> int:
    parser = argparse.ArgumentParser("./ggzy bench live")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--lots", type=int, default=LOTS, help="how many lots the market has")
    parser.add_argument("--alerts", type=int, default=ALERTS, help="how many alerts are timed")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ggzy.settings")
    django.setup()
    figures = measured(options.lots, options.alerts)
    if options.json:
        print(json.dumps(figures, ensure_ascii=False))
    else:
        for name, value in figures.items():
            print(f"  {name:<28}{value:>14,}")
    print(summary(figures))
    return 0 if figures["differences"] == 0 else 1


def measured(lots: int, alerts: int) -> dict[str, float]:
    """All figures, in the order they are taken."""
    from bench._market import Market
    from ggzy.foundation.journal import queries as journal
    from ggzy.oversight.alerts import indicators
    from ggzy.oversight.alerts.models import Alert, FindingRow, NoteRow

    began = journal.now() - timedelta(days=120)
    market = Market(began)
    told = 0
    for number in range(lots):
        at = began + timedelta(hours=number)
        told += market.tell(market.lot(number, at), at)
    figures: dict[str, float] = {
        "cores": os.cpu_count() or 1,
        "indicators": len(indicators.models()),
        "lots": lots,
        "facts": told + lots,
    }
    figures |= passed_on()
    live = kept()
    figures |= {
        "findings": FindingRow.objects.count(),
        "alerts": Alert.objects.count(),
        "notes": NoteRow.objects.count(),
    }
    figures |= in_bulk()
    figures["differences"] = sum(one != other for one, other in zip(live, kept(), strict=True))
    return figures | from_fact_to_alert(market, alerts)


def passed_on() -> dict[str, float]:
    """The same journal, to nobody and to the models."""
    from ggzy.foundation.journal import queries, services
    from ggzy.oversight.alerts.followers import FOLLOWERS

    seconds, heard = {}, sum(1 for _ in queries.facts(kinds=tuple(FOLLOWERS)))
    for name, handlers in (("baseline", dict.fromkeys(FOLLOWERS, lambda fact: None)), ("alerts", FOLLOWERS)):
        began = time.perf_counter()
        while services.follow(name, handlers):
            pass
        seconds[name] = time.perf_counter() - began
    return {
        "facts_per_s": round(heard / seconds["alerts"]),
        "baseline_facts_per_s": round(heard / seconds["baseline"]),
        "of_baseline": round(seconds["baseline"] / seconds["alerts"], 3),
        "ms_per_fact": round(1000 * seconds["alerts"] / heard, 2),
    }


def in_bulk() -> dict[str, float]:
    """Everything once more, from the first fact."""
    from ggzy.foundation.journal import queries as journal
    from ggzy.oversight.alerts import services

    before, began = _peak_kb(), time.perf_counter()
    heard = services.look_at_all(journal.now())
    seconds = time.perf_counter() - began
    return {
        "bulk_facts_per_s": round(heard / seconds),
        "bulk_grew_mb": round((_peak_kb() - before) / 1024, 1),
    }


def _peak_kb() -> int:
    """The most memory this process has ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def kept() -> tuple[list[object], list[object], list[object]]:
    """What was found, noted and raised; limits that fell since are looked at first, as the clock would."""
    from ggzy.foundation.journal import queries as journal
    from ggzy.oversight.alerts import queries, services
    from ggzy.oversight.alerts.models import Alert, FindingRow, NoteRow

    at = journal.now() - timedelta(minutes=1)
    while due := queries.lots_to_look_at(at):
        for lot in due:
            services.look_again(lot, at)
    return (
        [row.facts() for row in FindingRow.objects.order_by("uid")],
        list(
            NoteRow.objects.order_by("indicator", "lot", "ordinal").values(
                "indicator", "key", "lot", "figures"
            )
        ),
        list(Alert.objects.order_by("code").values("code", "grade", "sentence", "raised_at", "state")),
    )


def from_fact_to_alert(market: "Market", count: int) -> dict[str, float]:
    """With `follow` running as installed: from before the fact's commit until its alert can be read."""
    from django.db import transaction

    from bench._market import second_wins
    from ggzy.foundation.journal import queries as journal
    from ggzy.foundation.journal import services
    from ggzy.kernel.actor import Actor
    from ggzy.oversight.alerts.models import Alert

    lots = [market.lot(100_000 + number, journal.now()) for number in range(count + 1)]
    follow = [sys.executable, "-m", "django", "follow"]
    subprocess.run([*follow, "--once"], check=True)  # every app has heard everything before
    follower = subprocess.Popen(follow)
    chance, took = random.Random(1), []
    try:
        for number, lot in enumerate(lots):
            time.sleep(chance.random() * 0.2)
            began = time.perf_counter()
            with transaction.atomic():
                fact = second_wins(lot, market.firms[number % len(market.firms)])
                services.record(fact, actor=Actor.system(f"bench-live-{number}"), at=journal.now())
            while not Alert.objects.filter(lot=lot, indicator="P09").exists():
                assert time.perf_counter() - began < PATIENCE_S, f"no alert for {lot}"
                time.sleep(0.002)
            if number:  # the first also waits for the process to begin
                took.append(1000 * (time.perf_counter() - began))
    finally:
        follower.terminate()
        follower.wait(PATIENCE_S)
    took.sort()
    return {
        "to_alert_p50_ms": round(took[len(took) // 2], 1),
        "to_alert_p99_ms": round(took[min(int(len(took) * 0.99), len(took) - 1)], 1),
        "timed_alerts": len(took),
    }


def summary(figures: dict[str, float]) -> str:
    """The one line at the end."""
    return (
        f"监管模型：{figures['indicators']} 个模型，{figures['facts_per_s']:,} 条事实/秒（同一批事实只传递不看 "
        f"{figures['baseline_facts_per_s']:,} 条/秒），全量重看 {figures['bulk_facts_per_s']:,} 条/秒，两种方式所得相差 "
        f"{figures['differences']} 处；从事实到预警 p50 {figures['to_alert_p50_ms']} 毫秒、p99 {figures['to_alert_p99_ms']} 毫秒"
    )


if __name__ == "__main__":
    sys.exit(main())
