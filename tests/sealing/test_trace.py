"""The marks of a machine: the same for the same machine, nothing else, and never its serial numbers."""

import io
import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from ggzy.foundation.sealing import content, trace
from ggzy.foundation.sealing.content import Bundle, Offer
from ggzy.foundation.sealing.trace import Device, Hardware
from ggzy.kernel import canon, events
from sealer import device
from tests.sealing.cast import LOT

OTHER_LOT = type(LOT)(LOT[:-1] + "X")
OFFER = Offer("text", text="按实结算")
TOLD = Device("tool", "1", macs=("0123456789abcdef",), cpu="f" * 16)


@pytest.mark.parametrize(
    ("kind", "one", "other", "same"),
    [
        ("mac", "34:97:F6:5A:00:1C", "34-97-f6-5a-00-1c", True),
        ("mac", "34:97:F6:5A:00:1C", "34:97:F6:5A:00:1D", False),
        ("disk", " WD-WCC4  N0123 ", "wd-wcc4n0123", True),
        ("disk", "WD-1", "WD-2", False),
    ],
)
def test_a_mark_tells_whether_two_are_the_same(kind: str, one: str, other: str, same: bool) -> None:
    assert (trace.mark(kind, one, LOT) == trace.mark(kind, other, LOT)) is same


def test_a_mark_follows_nobody_to_another_lot_or_kind() -> None:
    made = {trace.mark(kind, "AB12", lot) for kind in ("cpu", "disk") for lot in (LOT, OTHER_LOT)}
    assert len(made) == 4


@pytest.mark.parametrize(
    "value",
    ["", "  ", "None", "Default string", "To be filled by O.E.M.", "00:00:00:00:00:00", "FF-FF-FF-FF-FF-FF"],
)
def test_what_names_no_machine_has_no_mark(value: str) -> None:
    assert trace.mark("mac", value, LOT) == ""


def test_a_device_is_told_without_its_numbers() -> None:
    found = Hardware(("34:97:F6:5A:00:1C", "34:97:F6:5A:00:1C"), "GenuineIntel/6/85/7", ("S1", ""), "machine")
    told = trace.device("tool", "1", found, LOT)
    assert (len(told.macs), len(told.disks), bool(told.cpu), bool(told.system)) == (1, 1, True, True)
    text = canon.dumps(events.body(told)).decode().lower()
    assert all(word not in text for word in ("3497f6", "genuine", 's1"', 'machine"'))


def test_a_device_travels_inside_a_part() -> None:
    payload = io.BytesIO(b"".join(Bundle.of(OFFER, device=TOLD).read()))
    assert content.read_bundle(payload).device == TOLD


def test_a_part_without_a_device_is_written_as_ever() -> None:
    assert b"device" not in Bundle.of(OFFER).head
    assert content.read_bundle(io.BytesIO(Bundle.of(OFFER).head)).device is None


@pytest.mark.parametrize(
    ("told", "read"),
    [
        (replace(TOLD, macs=("<script>", "0123456789abcdef")), TOLD),
        (replace(TOLD, disks=("0" * 17,)), TOLD),
        (replace(TOLD, tool="工具\n", cpu="x" * 60_000), Device("", "1", macs=TOLD.macs)),
        (replace(TOLD, macs=("0123456789abcdef",) * 9), replace(TOLD, macs=TOLD.macs * 8)),
    ],
)
def test_what_is_no_mark_is_left_out(told: Device, read: Device) -> None:
    payload = io.BytesIO(b"".join(Bundle.of(OFFER, device=told).read()))
    assert content.read_bundle(payload).device == read


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A Linux machine: one card, one bridge, one made-up address, a disk, a stick."""
    files = {
        "sys/class/net/eth0/address": "34:97:f6:5a:00:1c\n",
        "sys/class/net/eth0/device/vendor": "",
        "sys/class/net/docker0/address": "34:97:f6:5a:00:99",
        "sys/class/net/wlan0/address": "36:97:f6:5a:00:1c",
        "sys/class/net/wlan0/device/vendor": "",
        "sys/block/sda/device/serial": "WD-1",
        "sys/block/sda/removable": "0",
        "sys/block/sdb/device/serial": "STICK",
        "sys/block/sdb/removable": "1",
        "sys/block/nvme0n1/device/serial": "NV-2",
        "sys/block/loop0/size": "0",
        "proc/cpuinfo": "processor : 0\nvendor_id : GenuineIntel\ncpu family : 6\nmodel : 85\nstepping : 7\n\nmodel : 9",
        "etc/machine-id": "abc\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_a_machine_is_read(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device.platform, "system", lambda: "Linux")
    assert device.hardware(machine) == Hardware(
        ("34:97:f6:5a:00:1c",), "GenuineIntel/6/85/7", ("NV-2", "WD-1"), "abc"
    )


def test_a_machine_that_says_nothing_is_read_as_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device.platform, "system", lambda: "Linux")
    assert device.hardware(tmp_path) == Hardware()


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (
            json.dumps(
                {"macs": ["34:97:F6:5A:00:1C", None], "cpu": "BFEB", "disks": ["WD-1"], "system": "g"}
            ),
            Hardware(("34:97:F6:5A:00:1C",), "BFEB", ("WD-1",), "g"),
        ),
        (json.dumps({"macs": None, "cpu": None, "disks": None, "system": None}), Hardware()),
        ("拒绝访问", Hardware()),
    ],
)
def test_windows_is_asked_through_its_shell(
    monkeypatch: pytest.MonkeyPatch, said: str, found: Hardware
) -> None:
    monkeypatch.setattr(device.platform, "system", lambda: "Windows")
    monkeypatch.setattr(
        device.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess((), 0, said.encode(), b"")
    )
    assert device.hardware() == found
