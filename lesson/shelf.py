"""The models that the page can use: the one it came with, and those that learners trained, by name."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from lesson.predictions import Predictions

KEPT = 4  # trained models in memory; one that fell off is loaded again when it is asked for


class Shelf:
    """Predictions by model name; "" is the model that the page came with.

    ``load`` opens any other or raises; names come from the server's own jobs, never from a page.
    """

    def __init__(self, shipped: Predictions, load: Callable[[str], Predictions]) -> None:
        self._shipped = shipped
        self._load = load
        self._trained: OrderedDict[str, Predictions] = OrderedDict()
        self._lock = Lock()

    def __call__(self, name: str) -> Predictions:
        """The predictions of one model."""
        if not name:
            return self._shipped
        with self._lock:
            if name not in self._trained:
                self._trained[name] = self._load(name)
                if len(self._trained) > KEPT:
                    self._trained.popitem(last=False)
            self._trained.move_to_end(name)
            return self._trained[name]
