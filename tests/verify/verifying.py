"""核验一份案卷: the offline verifier run on an exported file."""

from pathlib import Path

from verify import program


def verified(path: Path, *options: str) -> dict[str, str]:
    """check → state."""
    checks = program.checks_of(program._options(["verify", str(path), *options]))
    return {check.code: check.state for check in checks}
