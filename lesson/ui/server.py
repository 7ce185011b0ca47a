"""Serving the page: one process, no telemetry, a cap on what a request may weigh, and a health address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.responses import PlainTextResponse

from lesson.ui.page import style, theme

ICON = Path(__file__).resolve().parents[2] / "assets" / "icon.svg"
MAX_BODY = 64 * 1024  # bytes; a prompt of 2,000 characters is at most 24 kB as JSON
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
    """ASGI middleware that refuses bodies over ``limit`` bytes with 413, announced or sent in chunks."""

    def __init__(self, app: Asgi, limit: int = MAX_BODY) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, counting what arrives."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = PlainTextResponse("请求太大了 / request too large", status_code=413)
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > self.limit:
            await refusal(scope, receive, send)
            return
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
            await refusal(scope, receive, send)


def application(page: gr.Blocks, *, max_body: int = MAX_BODY) -> FastAPI:
    """The page as an ASGI application; /healthz answers as soon as it serves."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.add_middleware(BodyLimit, limit=max_body)  # type: ignore[arg-type]

    @app.get("/healthz")
    def healthz() -> PlainTextResponse:
        return PlainTextResponse("ok")

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


def serve(page: gr.Blocks, *, host: str, port: int) -> None:
    """Serve the page until the process is told to stop; open pages do not delay the end."""
    uvicorn.run(
        application(page),
        host=host,
        port=port,
        log_level="warning",
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
