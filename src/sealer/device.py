"""本机特征: what the system says of its network cards, processor, disks and itself. Read only, told to nobody.

On Linux from /sys and /proc, on Windows from PowerShell. Virtual cards, cards whose address was made up and
removable disks are left out: they name no machine.
"""

import json
import platform
import subprocess
from pathlib import Path

from ggzy.foundation.sealing.trace import Hardware

POWERSHELL = (
    "$n=Get-CimInstance Win32_NetworkAdapter|?{$_.PhysicalAdapter -and $_.PNPDeviceID -like 'PCI*'};"
    "$c=Get-CimInstance Win32_Processor|select -First 1;"
    "$d=Get-CimInstance Win32_DiskDrive|?{$_.MediaType -like 'Fixed*'};"
    "$g=(Get-ItemProperty 'HKLM:\\SOFTWARE\\Microsoft\\Cryptography').MachineGuid;"
    "@{macs=@($n.MACAddress);cpu=$c.ProcessorId;disks=@($d.SerialNumber);system=$g}|ConvertTo-Json"
)
SECONDS = 15
LOCAL_BIT = 0x02


def hardware(root: Path = Path("/")) -> Hardware:
    """本机硬件; empty where the system does not say."""
    if platform.system() == "Windows":
        return _windows()
    return Hardware(_macs(root), _cpu(root), _disks(root), _read(root / "etc/machine-id"))


def _macs(root: Path) -> tuple[str, ...]:
    cards = sorted(root.glob("sys/class/net/*"))
    found = (_read(card / "address") for card in cards if (card / "device").exists())
    return tuple(mac for mac in found if _is_burnt_in(mac))


def _is_burnt_in(mac: str) -> bool:
    try:
        return not int(mac[:2], 16) & LOCAL_BIT
    except ValueError:
        return False


def _cpu(root: Path) -> str:
    """Model and stepping, as Windows' ProcessorId says no more either; the serial number where there is one."""
    told: dict[str, str] = {}
    for line in _read(root / "proc/cpuinfo").splitlines():
        name, _, value = line.partition(":")
        told.setdefault(name.strip(), value.strip())
    if told.get("Serial"):
        return told["Serial"]
    names = ("vendor_id", "cpu family", "model", "stepping")
    return "/".join(told[name] for name in names) if all(name in told for name in names) else ""


def _disks(root: Path) -> tuple[str, ...]:
    found = []
    for disk in sorted(root.glob("sys/block/*")):
        if _read(disk / "removable") == "1":
            continue
        found += [_read(disk / "device/serial") or _read(disk / "serial")]
    return tuple(serial for serial in found if serial)


def _windows() -> Hardware:
    try:
        said = subprocess.run(
            ["powershell", "-NoProfile", "-NonInteractive", "-Command", POWERSHELL],
            capture_output=True, timeout=SECONDS, check=True,
        ).stdout  # fmt: skip
        told = json.loads(said)
    except (OSError, subprocess.SubprocessError, ValueError):
        return Hardware()
    texts = {name: [str(one) for one in told.get(name) or () if one] for name in ("macs", "disks")}
    return Hardware(
        tuple(mac for mac in texts["macs"] if _is_burnt_in(mac)),
        str(told.get("cpu") or ""),
        tuple(texts["disks"]),
        str(told.get("system") or ""),
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace").strip()
    except OSError:
        return ""
