"""Settings for the whole suite."""

import os

from hypothesis import settings

# No example fails for being slow; speed is measured in bench/. In CI the same examples run every time, so that a change
# is judged by what it changed; everywhere else new ones are tried.
settings.register_profile("xunzhang", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("xunzhang")
