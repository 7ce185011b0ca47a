"""Serving the page: one process, no telemetry, a cap on what a request may weigh, and a health address."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.responses import PlainTextResponse

from lesson.ui.events import OWN_TEXT
from lesson.ui.page import style, theme

ICON = Path(__file__).resolve().parents[2] / "assets" / "icon.svg"
MAX_BODY = 64 * 1024  # bytes; a prompt of 2,000 characters is at most 24 kB as JSON
LARGE_BODY = 1_500_000  # bytes; a text of one's own, 1 MB at most, as base64
EVENTS = "/queue/join"  # where Gradio takes every event; which one it is stands in the body
QUEUE = 200  # events that may wait; a click beyond them is refused politely by Gradio
SESSIONS = 300
SHUTDOWN_SECONDS = 3

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Message, Receive, Send], Awaitable[None]]


class BodyTooLarge(Exception):
    """A request that goes on beyond its cap."""


class BodyLimit:
    """ASGI middleware that refuses bodies over ``limit`` bytes with 413, announced or sent in chunks.

    ``roomy`` are the numbers of the events that may weigh up to LARGE_BODY. All events come in at one
    address, so a body of that size is read to its end, never further than that, and let through only if it
    says that it is one of them.
    """

    def __init__(self, app: Asgi, limit: int = MAX_BODY, roomy: Collection[int] = ()) -> None:
        self.app = app
        self.limit = limit
        self.roomy = roomy

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, counting what arrives."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        size = int(announced) if announced.isdigit() else LARGE_BODY + 1
        if size <= self.limit:
            await self._count(scope, receive, send)
        elif self.roomy and size <= LARGE_BODY and scope.get("path", "").endswith(EVENTS):
            await self._look(scope, receive, send)
        else:
            await TOO_LARGE(scope, receive, send)

    async def _count(self, scope: Message, receive: Receive, send: Send) -> None:
        received, started = 0, False

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.limit:
                raise BodyTooLarge
            return message

        async def noted(message: Message) -> None:
            nonlocal started
            if started or received <= self.limit:  # what the app says of a body cut short is not sent
                started = True
                await send(message)

        with suppress(BodyTooLarge):
            await self.app(scope, counted, noted)
        if received > self.limit and not started:
            await TOO_LARGE(scope, receive, send)

    async def _look(self, scope: Message, receive: Receive, send: Send) -> None:
        body, more = b"", True
        while more and len(body) <= LARGE_BODY:
            message = await receive()
            if message["type"] != "http.request":  # the visitor is gone
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
        if more or len(body) > LARGE_BODY or event_number(body) not in self.roomy:
            await TOO_LARGE(scope, receive, send)
            return
        whole: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def again() -> Message:
            return whole.pop() if whole else await receive()

        await self.app(scope, again, send)


TOO_LARGE = PlainTextResponse("请求太大了 / request too large", status_code=413)


def event_number(body: bytes) -> int | None:
    """The number of the event that a body belongs to; None where it says none."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    number = said.get("fn_index") if isinstance(said, dict) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else None


Extra = Callable[[FastAPI], None]  # adds an address of its own to the application


def application(page: gr.Blocks, *, max_body: int = MAX_BODY, extra: Extra | None = None) -> FastAPI:
    """The page as an ASGI application; /healthz answers as soon as it serves."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    roomy = {number for number, fn in page.fns.items() if fn.api_name == OWN_TEXT}
    app.add_middleware(BodyLimit, limit=max_body, roomy=roomy)  # type: ignore[arg-type]

    @app.get("/healthz")
    def healthz() -> PlainTextResponse:
        return PlainTextResponse("ok")

    if extra:
        extra(app)
    page.queue(max_size=QUEUE, default_concurrency_limit=2, api_open=False)
    mounted = gr.mount_gradio_app(
        app,
        page,
        path="/",
        app_kwargs={"openapi_url": None, "docs_url": None, "redoc_url": None},
        theme=theme(),
        head=f"<style>{style()}</style>",  # not css=, which rewrites selectors and media queries
        favicon_path=str(ICON),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        max_file_size="64kb",
        allowed_paths=[],
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
    )
    page.state_session_capacity = SESSIONS
    return mounted


def serve(page: gr.Blocks, *, host: str, port: int, extra: Extra | None = None) -> None:
    """Serve the page until the process is told to stop; open pages do not delay the end."""
    uvicorn.run(
        application(page, extra=extra),
        host=host,
        port=port,
        log_level="warning",
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
