"""The one address at which a trained model can be fetched as a file, by whoever holds its run's token."""

from __future__ import annotations

import json
from collections.abc import Callable

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from lesson.model_file import package
from lesson.ui.run_events import known_token
from train.jobs import Jobs

ADDRESS = "/training/model"
FILE = "next-token-model.zip"


def route(jobs: Jobs) -> Callable[[FastAPI], None]:
    """What adds the address to an application; the token comes in the body, so that no log holds it."""

    def add(app: FastAPI) -> None:
        @app.post(ADDRESS)
        async def model(request: Request) -> Response:
            try:
                token = known_token(json.loads(await request.body()))
                data = await run_in_threadpool(packed, jobs, token)
            except (ValueError, OSError, RecursionError):  # no such run, or its model is damaged
                data = None
            if data is None:
                return PlainTextResponse("没有这个模型 / no such model", status_code=404)
            headers = {"Content-Disposition": f'attachment; filename="{FILE}"', "Cache-Control": "no-store"}
            return Response(data, media_type="application/zip", headers=headers)

    return add


def packed(jobs: Jobs, token: str) -> bytes | None:
    """The model of a run that has ended, as a zip file; None if it has none. Raises JobError."""
    if jobs.snapshot(token).state != "ended" or not jobs.watch_token(token):
        return None
    path = jobs.model_path(token)
    return package(path) if path is not None else None
