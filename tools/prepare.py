"""Brings the database to this version and gathers the static files, in one process; as the tables' owner."""

import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ggzy.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        print(f"ggzy: {error}", file=sys.stderr)
        return 1
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
