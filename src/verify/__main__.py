"""`python -m verify 案卷.zip`, or `python3 案卷.zip`: the dossier carries this file as its own `__main__`."""

import sys


def run() -> int:
    """核验. Exit code 0, 1 or 2; 2 with one clear line when the one library it needs is not there."""
    try:
        from verify.program import main
    except ModuleNotFoundError as error:
        if error.name != "cryptography":
            raise
        print("无法核验：缺少 Python 库 cryptography，请先运行 pip install cryptography", file=sys.stderr)
        return 2
    return main(sys.argv)


if __name__ == "__main__":
    sys.exit(run())
