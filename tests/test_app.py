"""The page as it is served: flags, limits, endpoints, constant templates, and the words of the page."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import gradio as gr
import pytest
from starlette.testclient import TestClient

from lesson.chapters import CHAPTERS
from lesson.predictions import Predictions
from lesson.ui import components, endpoints
from lesson.ui.lessons import ExhibitPiece
from lesson.ui.page import build, style
from lesson.ui.server import MAX_BODY, BodyLimit, application
from model.report import predict_report
from model.sampling import Sampling
from tests.fakes import FakePredictor


@pytest.fixture(scope="module")
def page() -> gr.Blocks:
    predictions = Predictions(FakePredictor())
    return build(lambda name: predictions, endpoints=endpoints.add)


@pytest.fixture(scope="module")
def client(page: gr.Blocks) -> Iterator[TestClient]:
    with TestClient(application(page)) as client:
        yield client


def test_only_three_endpoints_are_public(page: gr.Blocks) -> None:
    public = {fn.api_name for fn in page.fns.values() if fn.api_visibility == "public"}
    assert public == {"predict", "generate", "tokenize"}


def test_flags(client: TestClient) -> None:
    assert client.get("/healthz").text == "ok"
    config = client.get("/config").json()
    assert not config["run_history"] and not config["analytics_enabled"] and not config["footer_links"]
    assert not config["show_error"]
    assert client.get("/monitoring").status_code >= 400
    assert client.get("/openapi.json").status_code == 404


def test_pieces_tell_the_page_nothing_but_data() -> None:
    with gr.Blocks():
        pieces = [
            ExhibitPiece(chapter, part) for chapter in CHAPTERS for part in chapter.parts if part.exhibit
        ]
    for piece in pieces:
        told = piece.get_config()
        assert json.loads(json.dumps(told)) == told and told["component_class_name"] == "ExhibitPiece"


def call(client: TestClient, name: str, *data: object) -> object:
    started = client.post(f"/gradio_api/call/{name}", json={"data": list(data)})
    stream = client.get(f"/gradio_api/call/{name}/{started.json()['event_id']}").text
    event, payload = re.findall(r"event: (\w+)\ndata: (.*)", stream)[-1]
    return json.loads(payload)[0] if event == "complete" else event


def test_endpoints_say_what_the_command_line_says(client: TestClient) -> None:
    fake = FakePredictor()
    expected = predict_report(fake, "周一上班真的很", 4, Sampling(temperature=0.5, top_k=3))
    assert call(client, "predict", "周一上班真的很", 4, 0.5, 3, None) == json.loads(json.dumps(expected))
    assert call(client, "tokenize", "周一")["tokens"][0]["text"] == "周"
    once, again = (call(client, "generate", "周一", 5, 1.0, None, None, 3) for _ in range(2))
    assert once == again and len(once["steps"]) <= 5


@pytest.mark.parametrize(
    "name, data",
    [
        ("predict", ("很" * 2_001, 10, 1.0, None, None)),
        ("predict", ("周", 10, -1.0, None, None)),
        ("predict", ("周", 0, 1.0, None, None)),
        ("predict", ("周", 10, 1.0, -3, None)),
        ("predict", (None, 10, 1.0, None, None)),
        ("generate", ("周", 10**9, 1.0, None, None, 1)),
        ("generate", ("周", 3, 1.0, None, None, "x")),
        ("tokenize", (["周"],)),
    ],
)
def test_endpoints_refuse_nonsense(client: TestClient, name: str, data: tuple) -> None:
    assert call(client, name, *data) == "error"
    assert call(client, "tokenize", "周")["tokens"]


def test_a_large_body_is_refused(client: TestClient) -> None:
    assert client.post("/gradio_api/queue/join", content=b"x" * (MAX_BODY + 1)).status_code == 413
    assert client.get("/healthz").status_code == 200


def test_chunks_are_counted_too() -> None:
    read = []

    async def reads_all(scope: object, receive, send) -> None:
        while (message := await receive())["more_body"]:
            read.append(len(message["body"]))

    async def run() -> list[dict]:
        sent: list[dict] = []

        async def receive() -> dict:
            return {"type": "http.request", "body": b"x" * 40, "more_body": True}

        async def send(message: dict) -> None:
            sent.append(message)

        await BodyLimit(reads_all, limit=100)({"type": "http", "headers": []}, receive, send)
        return sent

    with ThreadPoolExecutor(1) as elsewhere:  # the browser of other tests keeps a loop in this thread
        sent = elsewhere.submit(asyncio.run, run()).result()
    assert sent[0]["status"] == 413 and sum(read) <= 100


def test_no_template_contains_code_for_data() -> None:
    templates = sorted((components.ASSETS / "html").glob("*.html"))
    assert templates
    for template in templates:
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"\$\{|\{\{|`|\\|<script|\son\w+=", text), template.name


def test_scripts_never_parse_text_as_markup() -> None:
    for script in (components.ASSETS / "js").glob("*.js"):
        text = script.read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text
        )


def test_nothing_points_outside() -> None:
    files = [*(components.ASSETS / "js").glob("*.js"), *(components.ASSETS / "html").glob("*.html")]
    for text in [style(), *(file.read_text(encoding="utf-8") for file in files)]:
        assert not re.search(r"@import|url\(\s*['\"]?(https?:)?//|src=\"http|(?<!w3\.org)//cdn", text)


def test_every_phrase_that_is_used_exists() -> None:
    known = set(components.PHRASES) | set(components.Knobs.words())
    files = [*(components.ASSETS / "js").glob("*.js"), *(components.ASSETS / "html").glob("*.html")]
    used = set()
    for file in files:
        text = file.read_text(encoding="utf-8")
        used |= set(re.findall(r"data-t(?:-label|-title)?=\"(\w+)\"", text)) | set(
            re.findall(r"page\.t\('(\w+)'", text)
        )
    own = {key for key in used if key in known}
    assert own and "tagline" in own
