"""The melons as their component reads them: the table, every moment of both trainings, and the groups."""

from __future__ import annotations

from lesson.melons import KINDS, MELONS, Moment, grouped, ripeness, sweetness
from lesson.views.token import Json

DIGITS = 6  # of what is drawn; the sums were done with all of them


def melons() -> Json:
    """All that is drawn; a melon is one of the KINDS, so what a model says of it is only looked up."""
    return {
        "kinds": [list(kind) for kind in KINDS],
        "melons": [{"kind": KINDS.index(m.features), "ripe": m.ripe, "sweet": m.sweetness} for m in MELONS],
        "ripeness": [moment(one) for one in ripeness()],
        "sweetness": [moment(one) for one in sweetness()],
        "groups": [
            {"groups": list(one.groups), "centres": [rounded(centre) for centre in one.centres]}
            for one in grouped()
        ],
    }


def moment(one: Moment) -> Json:
    """One moment of a training."""
    return {"w": rounded(one.weights), "loss": round(one.loss, DIGITS), "says": rounded(one.says)}


def rounded(numbers: tuple[float, ...]) -> list[float]:
    """Numbers short enough to send."""
    return [round(number, DIGITS) for number in numbers]
