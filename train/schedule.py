"""How the learning rate moves over a run."""


def lr_scale(step: int, steps: int, warmup: int, decay: float) -> float:
    """Return the factor on the learning rate at a step of 0 .. steps - 1: up, flat, straight down to zero.

    >>> [lr_scale(s, steps=10, warmup=2, decay=0.5) for s in (0, 1, 5, 8, 9)]
    [0.5, 1.0, 1.0, 0.4, 0.2]
    """
    up = (step + 1) / warmup if step < warmup else 1.0
    left = (steps - step) / (decay * steps) if decay else 1.0
    return min(up, 1.0, left)
