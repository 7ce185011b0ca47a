"""Only the event that brings a text of one's own may be heavy, and it only up to its cap."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from lesson.own_text import OWN_MOST
from lesson.ui.server import EVENTS, LARGE_BODY, MAX_BODY, BodyLimit, event_number

ROOMY = 7


def served(body: bytes, path: str = f"/gradio_api{EVENTS}", *, announced: int | None = None) -> int | bytes:
    """What arrives behind the cap: the body, or the status that it was refused with."""
    arrived: list[bytes] = []
    sent: list[dict] = []
    pieces = [body[i : i + 50_000] for i in range(0, len(body), 50_000)] or [b""]

    async def behind(scope: object, receive, send) -> None:
        more = True
        while more:
            message = await receive()
            arrived.append(message["body"])
            more = message["more_body"]

    async def run() -> None:
        left = list(pieces)

        async def receive() -> dict:
            piece = left.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(left)}

        async def send(message: dict) -> None:
            sent.append(message)

        length = str(len(body) if announced is None else announced).encode()
        scope = {"type": "http", "path": path, "headers": [(b"content-length", length)]}
        await BodyLimit(behind, roomy={ROOMY})(scope, receive, send)

    with ThreadPoolExecutor(1) as elsewhere:  # the browser of other tests keeps a loop in this thread
        elsewhere.submit(asyncio.run, run()).result()
    return sent[0]["status"] if sent else b"".join(arrived)


def event(number: object, size: int) -> bytes:
    """An event's body of that many bytes, about."""
    return json.dumps({"fn_index": number, "event_data": {"bytes": "A" * size}}).encode()


def test_a_whole_text_fits_its_event():
    body = event(ROOMY, 4 * OWN_MOST // 3 + 8)
    assert len(body) < LARGE_BODY and served(body) == body


def test_small_events_pass_whatever_they_are():
    for number in (ROOMY, 1, None):
        assert served(event(number, 1000)) == event(number, 1000)


@pytest.mark.parametrize("number", [1, None, "7", 7.0, True, [7]])
def test_other_events_must_stay_small(number):
    assert served(event(number, MAX_BODY)) == 413


def test_other_addresses_must_stay_small():
    assert served(event(ROOMY, MAX_BODY), "/gradio_api/upload") == 413


def test_nothing_weighs_more_than_the_cap():
    assert served(event(ROOMY, LARGE_BODY)) == 413
    assert served(event(ROOMY, LARGE_BODY), announced=LARGE_BODY) == 413  # more arrives than was announced


@pytest.mark.parametrize("body", [b"x" * 100_000, b"[" * 100_000, b"\xff" * 100_000, b"7" + b" " * 100_000])
def test_what_is_no_event_is_refused(body):
    assert event_number(body) is None and served(body) == 413
