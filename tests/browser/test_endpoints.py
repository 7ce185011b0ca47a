"""What programs may call, over the wire: three endpoints, and private handlers that withstand nonsense."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

import pytest
from gradio_client import Client
from playwright.sync_api import Page

from lesson.ui.server import MAX_BODY
from tests.browser.playground import after, bar, chips, opened
from tests.conftest import ROOT

SECONDS = 60
TRACES = re.compile(r"Traceback|File \\?\"|line \d+, in |\.py\b")
DIRECT = build_opener(ProxyHandler({}))
BIG = 10**30
NUMBERS = (float("nan"), float("inf"), -1, 0.5, BIG, -BIG, True, None, "1", [], [1, 2], {"a": 1})
NONSENSE: tuple[object, ...] = (
    *NUMBERS,
    {},
    "x" * 5_000,
    {"id": BIG, "version": [], "length": {}, "at": -1, "answer": -5},
    {"id": float("nan"), "version": 0, "length": 8, "at": float("nan"), "answer": float("nan")},
    {"id": 10**9, "version": 0, "length": 8, "at": 10**9, "answer": BIG, "ask": BIG},
    {"id": "1", "version": "0", "length": "8", "at": "1", "text": 5, "link": 5, "values": 5, "answer": "1"},
    {"id": [1], "text": ["x"], "link": ["x"], "values": ["x"], "token": ["x"], "probe": ["x"], "ask": ["x"]},
    {"values": {"temperature": float("nan"), "rows": 10**9, "seed": -1}},
    {"values": {"temperature": float("inf"), "greedy": "no", "top_k": [], "top_p": {}}},
    {"values": dict.fromkeys(("temperature", "rows", "seed", "top_k", "top_p"), BIG)},
    {"link": "text=%ff&picks=1.2.x", "text": "\ud83d\x00", "token": "../../etc/passwd"},
    {"link": "ids=999999999&picks=999999999", "text": "很" * 3_000, "token": "x" * 3_000},
    {"link": "&" * 4_000, "text": None, "token": "", "probe": "\ud83d"},
    {"lesson": "own", "size": "small", "probe": "x", "text": "x"},
    {"lesson": ["mood"], "size": {"a": 1}, "probe": 3, "part": BIG, "text": "x"},
    {"lesson": "mood", "size": "small", "probe": "很" * 3_000, "part": float("nan"), "text": []},
    {"token": "0" * 22, "probe": 5},
)  # fmt: skip


def post(url: str, body: object) -> tuple[int, str]:
    """Send JSON and return status and answer."""
    request = Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})  # noqa: S310
    try:
        with DIRECT.open(request, timeout=SECONDS) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode(errors="replace")


def call(url: str, name: str, *data: object) -> tuple[str, Any]:
    """Call an endpoint by its name; return how it ended and what it said."""
    status, said = post(f"{url}/gradio_api/call/{name}", {"data": list(data)})
    assert status == 200, said
    with DIRECT.open(
        f"{url}/gradio_api/call/{name}/{json.loads(said)['event_id']}", timeout=SECONDS
    ) as stream:
        event, payload = re.findall(r"event: (\w+)\ndata: (.*)", stream.read().decode())[-1]
    return event, json.loads(payload)


def command(*words: str) -> Any:
    """What `python -m model` prints as JSON."""
    line = [sys.executable, "-m", "model", *words, "--json"]
    return json.loads(subprocess.run(line, cwd=ROOT, check=True, capture_output=True, timeout=120).stdout)


def equal(one: object, other: object) -> bool:
    """Whether two JSON values are the same, figures within 1e-6."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(equal, one, other))
    return other == pytest.approx(one, abs=1e-6) if isinstance(one, float) else one == other


def test_the_endpoints_say_what_the_command_line_says(app_url: str) -> None:
    text, knobs = "周一上班真的很", ("--temperature", "0.7", "--top-k", "20", "--top-p", "0.9")
    event, (said,) = call(app_url, "predict", text, 5, 0.7, 20, 0.9)
    assert event == "complete" and equal(said, command("predict", text, "--rows", "5", *knobs))
    event, (said,) = call(app_url, "generate", text, 6, 0.7, 20, 0.9, 3)
    assert event == "complete" and equal(
        said, command("generate", text, "--tokens", "6", "--seed", "3", *knobs)
    )
    assert call(app_url, "generate", text, 6, 0.7, 20, 0.9, 3) == ("complete", [said])
    event, (said,) = call(app_url, "tokenize", "龘 a\n👍")
    assert event == "complete" and equal(said, command("tokenize", "龘 a\n👍"))
    assert bytes.fromhex("".join(token["bytes"] for token in said["tokens"])).decode() == "龘 a\n👍"


def test_gradios_own_client_can_call_them(app_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    client = Client(app_url, verbose=False, analytics_enabled=False)
    try:
        said = client.predict("周一上班真的很", api_name="/predict")
        assert sum(row["p"] for row in said["top"]) + said["rest"] == pytest.approx(1, abs=1e-6)
        assert set(client.view_api(return_format="dict")["named_endpoints"]) == {
            "/predict",
            "/generate",
            "/tokenize",
        }
    finally:
        client.close()


@pytest.mark.parametrize("name", ["predict", "generate", "tokenize"])
def test_the_endpoints_refuse_nonsense_politely(app_url: str, name: str) -> None:
    good: dict[str, list[object]] = {
        "predict": ["周", 3, 1.0, None, None],
        "generate": ["周", 3, 1.0, None, None, 1],
        "tokenize": ["周"],
    }
    for place in range(len(good[name])):
        for wrong in (*NUMBERS, "很" * 2_001, "\ud83d"):
            data: list[object] = [*good[name]]
            data[place] = wrong
            event, said = call(app_url, name, *data)
            assert event in ("complete", "error") and not TRACES.search(json.dumps(said)), (
                place,
                wrong,
                said,
            )
    assert call(app_url, name, *good[name])[0] == "complete"


def private(url: str) -> list[dict[str, Any]]:
    """The handlers that only the page is meant to call."""
    with DIRECT.open(f"{url}/config", timeout=SECONDS) as answer:
        config = json.load(answer)
    return [one for one in config["dependencies"] if one["api_visibility"] == "private"]


def answers(url: str, session: str, expected: int) -> Iterator[dict[str, Any]]:
    """The messages of a session's stream until so many of its events have ended."""
    left = expected
    with DIRECT.open(f"{url}/gradio_api/queue/data?session_hash={session}", timeout=SECONDS) as stream:
        for line in stream:
            if left and line.startswith(b"data:"):
                message = json.loads(line[5:])
                left -= message["msg"] == "process_completed"
                yield message
            if not left:
                return


def test_private_handlers_withstand_nonsense(
    app_url: str, page: Page, tmp_path_factory: pytest.TempPathFactory
) -> None:
    log = sorted(tmp_path_factory.getbasetemp().glob("app*/server.log"))[-1]
    before = log.stat().st_size
    handlers = private(app_url)
    assert len(handlers) >= 9
    for handler in handlers:
        sent = 0
        for event_data in NONSENSE:
            body = {
                "data": [None] * len(handler["inputs"]),
                "event_data": event_data,
                "fn_index": handler["id"],
                "session_hash": f"nonsense{handler['id']}",
                "trigger_id": handler["targets"][0][0],
            }
            status, said = post(f"{app_url}/gradio_api/queue/join", body)
            assert status < 500 and not TRACES.search(said), (handler["api_name"], event_data, said)
            sent += status == 200
        assert sent > len(NONSENSE) / 2
        for message in answers(app_url, f"nonsense{handler['id']}", sent):
            if message["msg"] == "process_completed":
                said = json.dumps(message["output"], ensure_ascii=False)
                assert message["success"] and not TRACES.search(said), (handler["api_name"], said)
    logged = log.read_bytes()[before:].decode(errors="replace")
    if "Traceback" in logged:
        pytest.fail(logged[-5_000:])
    opened(page)
    after(page, bar(page, 0).click)
    assert chips(page)[-1]["made"]


@pytest.mark.parametrize("fn_index", [10**6, -1, "x", None, [0], BIG])
def test_unknown_handlers_are_refused(app_url: str, fn_index: object) -> None:
    body = {"data": [], "fn_index": fn_index, "session_hash": "unknown"}
    status, said = post(f"{app_url}/gradio_api/queue/join", body)
    assert status >= 400 and not TRACES.search(said)


def test_what_is_off_is_off(app_url: str) -> None:
    for path in ("monitoring", "gradio_api/runs", "docs", "openapi.json"):
        with pytest.raises(HTTPError) as refused:
            DIRECT.open(f"{app_url}/{path}", timeout=SECONDS)
        assert refused.value.code in (401, 403, 404, 405), path


def test_a_body_over_64_kb_is_refused(app_url: str) -> None:
    body = {"data": ["x" * MAX_BODY]}
    for path in ("call/tokenize", "queue/join", "upload"):
        assert post(f"{app_url}/gradio_api/{path}", body)[0] == 413
    assert call(app_url, "tokenize", "周")[0] == "complete"


def test_a_body_in_chunks_is_counted(app_url: str) -> None:
    where = urlsplit(app_url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=SECONDS)
    parts = (b"x" * 8_192 for _ in range(1_000))
    try:
        connection.request("POST", "/gradio_api/call/tokenize", parts, {"Content-Type": "application/json"})
        assert connection.getresponse().status == 413
    except OSError:  # it hung up while we were still sending
        pass
    finally:
        connection.close()
    assert call(app_url, "tokenize", "周")[0] == "complete"
