"""The settings of a test run: the platform's own, told that this is a test."""

import os

os.environ["GGZY_MODE"] = "test"

from ggzy.settings import *
