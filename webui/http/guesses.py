"""How often one address may be wrong about the token: a few times at once, then at the rate of a person who types."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

from webui.http.networks import network_of

# Wrong tokens that one address may send at once, and seconds after which it may send one more.
AT_ONCE = 10
SECONDS_EACH = 6.0
# Addresses that are remembered; those that were wrong longest ago are forgotten first.
ADDRESSES = 10_000


class Guesses:
    """Wrong tokens of each address, which leak away with time; shared by all threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # Address → the time at which all its guesses will have leaked away.
        self._settled: OrderedDict[str, float] = OrderedDict()

    def wait(self, address: str | None) -> float:
        """Return the seconds until this address may guess again, 0 where it may at once."""
        with self._lock:
            settled = self._settled.get(network_of(address), 0.0)
        return max(0.0, settled - time.monotonic() - (AT_ONCE - 1) * SECONDS_EACH)

    def count(self, address: str | None) -> None:
        """Count a wrong token."""
        key, now = network_of(address), time.monotonic()
        with self._lock:
            self._settled[key] = max(self._settled.pop(key, 0.0), now) + SECONDS_EACH
            if len(self._settled) > ADDRESSES:
                self._settled.popitem(last=False)
