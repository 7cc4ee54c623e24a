"""筛查程序: `fit` makes a model of labelled auctions, `predict` judges auctions with it."""

import argparse
import csv
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TextIO

from screens import model as models
from screens.columns import NAMES
from screens.distribution import measures, usable
from screens.reading import Reader
from screens.values import Auction

TROUBLES_MAX = 20
COLUMNS_TOLD = (
    ("--auction", "key", "竞价编号"),
    ("--bid", "bid", "报价（多列即一行一次竞价）"),
    ("--label", "label", "是否串标"),
    ("--dataset", "market", "市场"),
)
COLUMNS = ("auction", "market", "place", "bids", "probability", "base_rate", "likelihood_ratio", "fitted_on")


def main(words: Sequence[str]) -> int:
    """Exit code 0: done. 1: nothing could be done. 2: a file or a figure asked for is not there."""
    chosen = _options().parse_args(words)
    reader = Reader({what: getattr(chosen, what) for what in NAMES}, chosen.encoding)
    try:
        for path in chosen.files:
            path.stat()  # before anything is written
        code = chosen.does(chosen, reader)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read it has read enough
        return 1
    except OSError as error:
        print(f"screens: {error.filename} 打不开（{error.strerror or error}）", file=sys.stderr)
        code = 2
    except LookupError:
        print(f"screens: 没有名为 {chosen.encoding} 的编码", file=sys.stderr)
        code = 2
    except ValueError as error:
        print(f"screens: {error}", file=sys.stderr)
        code = 2
    for trouble in reader.troubles[: None if chosen.all_troubles else TROUBLES_MAX]:
        print(trouble, file=sys.stderr)
    if len(reader.troubles) > TROUBLES_MAX and not chosen.all_troubles:
        print(f"另有 {len(reader.troubles) - TROUBLES_MAX} 处 (--all-troubles)", file=sys.stderr)
    return int(code)


def fit(chosen: argparse.Namespace, reader: Reader) -> int:
    """训练. Says beside each market how it did on auctions it had not seen."""
    from screens import fitting

    made = fitting.fit(list(_read(chosen.files, reader)), sources=[path.name for path in chosen.files])
    with _sink(chosen.out) as sink:
        sink.write(made.as_json())
    for name, scorer in {"全部市场": made.everywhere, **made.markets}.items():
        trial = scorer.trial
        print(
            f"{name or '未命名':<24} {scorer.auctions:>6} 次竞价，其中串标 {scorer.collusive:>5} 次：平衡准确率 "
            f"{trial['balanced_accuracy']:.3f} ± {trial['error']:.3f}，ROC 曲线下面积 {trial['area']:.3f}"
        )
    print(f"{chosen.out}: {made.digest}")
    return 0


def predict(chosen: argparse.Namespace, reader: Reader) -> int:
    """判断. One line per auction, as it comes; without --base-rate the scale is neutral: one half."""
    model = models.read(chosen.model.read_text(encoding="utf-8")) if chosen.model else models.supplied()
    models.check(chosen.base_rate)
    count = reached = 0
    with _sink(chosen.out) as sink:
        for row in _judged(
            _read(chosen.files, reader), model, chosen.base_rate, chosen.market, chosen.measures
        ):
            if chosen.format == "csv":
                _as_csv(row, sink, first=not count)
            else:
                sink.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
            reached += bool(chosen.alert) and float(str(row["probability"])) >= chosen.alert
    if chosen.alert:
        print(f"{count} 次竞价中 {reached} 次达到 {chosen.alert}", file=sys.stderr)
    if chosen.base_rate == models.NEUTRAL:
        print("基准率未给出：按 50% 的中性刻度显示，不是估计 (--base-rate)", file=sys.stderr)
    if not count:
        print("没有读到一次竞价", file=sys.stderr)
    return 0 if count else 1


def _judged(
    auctions: Iterable[Auction], model: models.Model, base_rate: float, market: str | None, shown: bool
) -> Iterator[dict[str, object]]:
    for auction in auctions:
        found, own = measures(auction.bids), auction.market if market is None else market
        ratio = models.likelihood_ratio(found, model, own)
        row: dict[str, object] = {
            "auction": auction.key,
            "market": auction.market,
            "place": auction.place,
            "bids": len(usable(auction.bids)),
            "probability": round(models.after(ratio, base_rate), 6),
            "base_rate": base_rate,
            "likelihood_ratio": round(ratio, 4),
            "fitted_on": own if own in model.markets else "all markets",
        }
        yield row | ({"measures": {name: round(value, 6) for name, value in found.items()}} if shown else {})


def _as_csv(row: dict[str, object], sink: TextIO, first: bool) -> None:
    writer = csv.writer(sink, lineterminator="\n")
    told = row.get("measures")
    extra = [] if told is None else [json.dumps(told)]
    if first:
        writer.writerow([*COLUMNS, *(["measures"] if extra else [])])
    writer.writerow([*(row[name] for name in COLUMNS), *extra])


def _read(files: Iterable[Path], reader: Reader) -> Iterator[Auction]:
    return chain.from_iterable(reader.read(path) for path in files)


@contextmanager
def _sink(out: Path | None) -> Iterator[TextIO]:
    """A file is there when all of it is written, and not before; a device is written to as it is."""
    if out is None:
        yield sys.stdout
        return
    unfinished = out.with_name(f"{out.name}.unfinished") if out.is_file() or not out.exists() else out
    try:
        with unfinished.open("w", encoding="utf-8") as stream:
            yield stream
        if unfinished != out:
            unfinished.replace(out)
    except BaseException:
        if unfinished != out:
            unfinished.unlink(missing_ok=True)
        raise


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="ggzy screens", description=__doc__)
    options.set_defaults(all_troubles=False)
    verbs = options.add_subparsers(required=True, metavar="fit|predict")
    both = argparse.ArgumentParser(add_help=False)
    both.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="JSON or CSV，可压缩；每行一次竞价或一个报价"
    )
    for option, what, meaning in COLUMNS_TOLD:
        both.add_argument(
            option, dest=what, action="append", metavar="NAME", help=f"{meaning}的列名，可用 * 通配"
        )
    both.add_argument("--encoding", help="文件编码；不给则自动判断")
    both.add_argument("--all-troubles", action="store_true", help="say every line that could not be used")
    one = verbs.add_parser("fit", parents=[both], help=fit.__doc__)
    one.add_argument("--out", type=Path, required=True, help="the model's file")
    one.set_defaults(does=fit)
    two = verbs.add_parser("predict", parents=[both], help=predict.__doc__)
    two.add_argument(
        "--model", type=Path, help="a file of fit; without it, the model that comes with the program"
    )
    two.add_argument(
        "--base-rate", type=float, default=models.NEUTRAL, help="the local share of collusive auctions"
    )
    two.add_argument("--market", help='judge all as of this market; "" for none')
    two.add_argument("--out", type=Path, help="a file instead of the screen")
    two.add_argument("--format", choices=("jsonl", "csv"), default="jsonl")
    two.add_argument("--alert", type=float, metavar="P", help="say how many reach this probability")
    two.add_argument("--measures", action="store_true", help="the screens of each auction too")
    two.set_defaults(does=predict)
    return options
