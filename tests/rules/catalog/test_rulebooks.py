"""交易规则: the law as data with a date."""

import csv
import hashlib
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest

from ggzy.kernel.codes import RegionCode
from ggzy.kernel.errors import Missing
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.catalog import rules
from ggzy.registers.catalog.values import Limit, Rulebook

YICHANG = RegionCode("420500")
TODAY = date(2026, 6, 1)

DIGESTS = {
    "construction.2000-01-01": "24cedf6bea71df43d18ed0261e9d27930966cffc0611f8b21ae19a87871bb5fc",
    "construction.2012-02-01": "8707e2ebfd55c1b70f6ac2fb71a7983bf4072d287311de0d3b7529e07b529ec3",
    "construction.2018-01-01": "263f9b3451df836a57003c2db89ffcdac4a5ee006861a257550313e572cba712",
    "construction.980000.2024-01-01": "5b255da8de6bfad79f22a490a76b90102a76d50d3d65010d6f28c1d25f2e18e0",
    "emission_right.2020-01-01": "54e7f3772a953171001ea58bcbba56d0b7a8c0c3b30c89b6f05854b15f146863",
    "forfeited.2021-01-01": "1c795838fa45620a63f4b189471ed6f81641f0c001bc22e13f62ddf17e373a41",
    "judicial.2017-01-01": "6dda2f3e69cff1819179d8bead18ae13085d8ae07ab86b2ae50c4a9c259ec6e4",
    "land.2007-11-01": "5e54c475fb5865dc7ad56118d946146c0b22c014d2125fc350fe2638ad714cfd",
    "land.2010-09-21": "6f3b5c23b643e60f89926d9cb832493bb0423cb4a656042190a473b41b568bbc",
    "lease.2020-01-01": "42fdc34eb543bfb945a78c4eadf06991e4a60e8593ad97675a5749c16d302dd3",
    "mining_rights.2023-01-03": "2725e9a3c7270678263b233191ee06bf6cf4481031624e9b0d926280dbe9406c",
    "municipal_right.2020-01-01": "748a27f92a07960a4fbbfa36d1367c8b7c0664a73b855d89b5c0ec9820c831ec",
    "public_asset.2015-04-24": "94033de5aa844e05414a41f115018928d1466c83e1e551e58533970708ee679a",
    "rural.2020-01-01": "610400b664565307f5cd48f626d3fd03775cc10b41dde0c0757fc299393e6387",
    "small_purchase.2020-01-01": "f96c6152b81fe654318fd99fb269e60f754075c7a5621d385b4f38cf2e7b8175",
    "small_purchase.2021-01-01": "37b823f487b415275b92f21f6aca3aa04ded75e539ac126520186d33841baf1f",
    "state_asset.2016-06-24": "669f87b86cf8012d43ddc000b5b02b6a00ad7aa4491fe4bf39b5e8414dadfb95",
    "state_equity.2016-06-24": "d67607ee1a171ff400583fbb20076ffec6f4ad1efc2e4aaec7f126424f0d13cf",
}

# The rows of the domain's table of limits that bind construction: row, value, unit, op.
ROWS = """CON-01,5,d,min
CON-02,20,d,min
CON-03,15,d,min
CON-04,3,d,min
CON-05,5,d,min
CON-06,2,d,min
CON-07,10,d,min
CON-08,3,d,max
CON-09,3,count,min
CON-10,0.02,ratio,max
CON-11,5,d,max
CON-12,3,d,max
CON-13,3,d,min
CON-14,3,d,max
CON-15,3,count,max
CON-16,15,d,max
CON-17,30,d,max
CON-18,5,d,max
CON-19,0.1,ratio,max
CON-20,10,d,max
CON-21,3,wd,max
CON-22,30,wd,max
CON-23,5,count,min
CON-24,2,count,min
CON-25,3,count,min
CON-26,10,year,min"""


def test_a_rulebook_file_is_never_edited():
    files = sorted((catalog.DATA / "rulebooks").glob("*.toml"))
    assert {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in files} == DIGESTS


def test_every_limit_of_construction_is_in_the_rulebook():
    rulebook = catalog.rulebook("construction", YICHANG, TODAY)
    found = {limit.row: limit for limit in rulebook.limits}
    for row, value, unit, op in csv.reader(StringIO(ROWS)):
        limit = found.pop(row)
        assert (limit.value, limit.unit, limit.op) == (Decimal(value), unit, op), row
        assert limit.article and limit.text
    assert not found


@pytest.mark.parametrize(
    "on, source",
    [
        (date(1998, 1, 1), "construction.2000-01-01"),
        (date(2012, 1, 31), "construction.2000-01-01"),
        (date(2012, 2, 1), "construction.2012-02-01"),
        (date(2017, 12, 31), "construction.2012-02-01"),
        (date(2018, 1, 1), "construction.2018-01-01"),
    ],
)
def test_the_rulebook_in_force_on_the_day_is_taken(on, source):
    assert catalog.rulebook("construction", YICHANG, on).sources == (source,)


def test_every_version_knows_every_number_of_the_one_before():
    older = catalog.rulebook("construction", YICHANG, date(2000, 1, 1))
    newer = catalog.rulebook("construction", YICHANG, TODAY)
    assert {limit.name for limit in older.limits} < {limit.name for limit in newer.limits}


def test_a_region_adds_its_own_numbers_for_every_place_within_it():
    county = catalog.rulebook("construction", RegionCode("980102"), TODAY)
    assert county.sources == ("construction.2018-01-01", "construction.980000.2024-01-01")
    assert county.number("lot.suspension_days_max").value == 90
    assert not catalog.rulebook("construction", YICHANG, TODAY).has("lot.suspension_days_max")
    assert catalog.rulebook("construction", RegionCode("980102"), date(2023, 12, 31)).sources == (
        "construction.2018-01-01",
    )


def test_a_copy_reads_back_as_the_same_rulebook():
    rulebook = catalog.rulebook("construction", RegionCode("980102"), TODAY)
    assert Rulebook.read(rulebook.copy()) == rulebook
    assert Rulebook.read(rulebook.copy()).digest == rulebook.digest
    with pytest.raises(ValueError):
        Rulebook.read({"code": "construction"})


def test_lots_under_the_same_numbers_carry_the_same_copy():
    one = catalog.rulebook("construction", RegionCode("980102"), date(2025, 1, 1))
    other = catalog.rulebook("construction", RegionCode("980221"), TODAY)
    assert one.digest == other.digest


def test_a_number_nobody_wrote_is_our_mistake():
    rulebook = catalog.rulebook("construction", YICHANG, TODAY)
    assert rulebook.get("tender.nonsense") is None
    with pytest.raises(KeyError):
        rulebook.number("tender.nonsense")


def test_a_category_without_a_rulebook_is_missing():
    with pytest.raises(Missing, match="还没有"):
        catalog.rulebook("carbon", YICHANG, TODAY)


LAW = Limit(Decimal(20), "d", "招标投标法 §24", "block", "min", "tender.bidding_days_min")


@pytest.mark.parametrize(
    "local, is_taken",
    [
        (Limit(Decimal(25), "d", "地方条例", "block", "min", LAW.name), True),
        (Limit(Decimal(20), "d", "地方条例", "block", "min", LAW.name), True),
        (Limit(Decimal(15), "d", "地方条例", "block", "min", LAW.name), False),
        (Limit(Decimal(25), "d", "地方条例", "warn", "min", LAW.name), False),
        (Limit(Decimal(25), "wd", "地方条例", "block", "min", LAW.name), False),
        (Limit(Decimal(25), "d", "地方条例", "block", "max", LAW.name), False),
        (Limit(Decimal(1), "d", "地方条例", "info", "max", "tender.own_number"), True),
    ],
)
def test_a_region_may_tighten_a_statutory_number_and_never_loosen_it(local, is_taken):
    if is_taken:
        assert local in rules.overlay([LAW], [local])
    else:
        with pytest.raises(ValueError, match="loosen"):
            rules.overlay([LAW], [local])


def test_every_severity_unit_and_status_is_one_we_know():
    for path in (catalog.DATA / "rulebooks").glob("*.toml"):
        code, *_ = path.stem.split(".")
        for limit in catalog.rulebook(code, RegionCode("980102"), TODAY).limits:
            assert limit.severity in {"block", "warn", "info"}
            assert limit.unit in {"d", "wd", "h", "min", "month", "year", "count", "ratio", "yuan", "flag"}
            assert limit.status in {"found", "memory", "local"}
