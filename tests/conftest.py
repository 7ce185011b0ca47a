"""One app for the whole session, one browser, and for every test a fresh context that must stay clean."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

import pytest
from hypothesis import settings
from playwright.sync_api import Page, Request, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"  # Debian's; CHROMIUM in the environment names another
FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
SECONDS_TO_START = 150  # ten times the figure promised: machines are busy

settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")


def pytest_collection_modifyitems(items):
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "browser" in fixtures:
            item.add_marker("browser")
        if {"browser", "app_url"} & set(fixtures):
            item.add_marker("slow")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until_healthy(url: str, server: subprocess.Popen, log: Path) -> None:
    direct = build_opener(ProxyHandler({}))  # a proxy of the environment is not for loopback
    deadline = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < deadline:
        try:
            direct.open(f"{url}/healthz", timeout=2).close()
            return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the app did not become healthy:\n{log.read_text(encoding='utf-8', errors='replace')}")


@pytest.fixture(scope="session")
def app_url(tmp_path_factory):
    """Address of `python app.py`, started for this session as a process of its own."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    log = tmp_path_factory.mktemp("app") / "server.log"
    with log.open("wb") as output:
        command = [sys.executable, "app.py", "--host", "127.0.0.1", "--port", str(port)]
        server = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_until_healthy(url, server, log)
        yield url
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium; without one the browser tests are skipped, except in CI."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or CHROMIUM
    if not Path(path).exists() and "CI" not in os.environ:
        pytest.skip("no Chromium: apt-get install chromium fonts-noto-cjk, or set CHROMIUM to one's path")
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0  # Chromium's sandbox refuses root
    with sync_playwright() as playwright:
        flags = [*FLAGS, "--no-sandbox"] if as_root else FLAGS
        chromium = playwright.chromium.launch(executable_path=path, args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def context_options():
    """What the test's browser context is like; parametrize it for another size, language or scheme."""
    return {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN"}


@pytest.fixture
def faults():
    """What went wrong in the page, a line each; a test that provokes a fault removes its line."""
    return []


def watch(page: Page, origin: str, faults: list[str]) -> None:
    def on_request(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != origin:
            faults.append(f"left the origin: {request.url}")

    page.on("request", on_request)
    page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
    page.on("console", lambda line: line.type == "error" and faults.append(f"console: {line.text}"))


@pytest.fixture
def page(browser, app_url, context_options, faults):
    """A page in a context of its own, whose relative addresses are the app's; it must end without faults."""
    context = browser.new_context(base_url=app_url, **context_options)
    context.on("page", lambda opened: watch(opened, urlsplit(app_url).netloc, faults))
    yield context.new_page()
    context.close()
    assert faults == []
