"""The figures that the README states, measured: `python -m tests.bench` prints them as one JSON object."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from playwright.sync_api import Browser, Page, sync_playwright

from model import XIAOBAI
from tests.conftest import CHROMIUM, FLAGS, ROOT, free_port

CLICKS, OPENINGS = 30, 3
CLICK = """() => new Promise((done) => {
  const bars = document.querySelector('#bars .nt-bars'), before = bars.dataset.version;
  const start = performance.now();
  const look = new MutationObserver(() => {
    if (bars.dataset.version === before) return;
    look.disconnect();
    requestAnimationFrame(() => done(performance.now() - start));
  });
  look.observe(bars, { attributes: true });
  bars.querySelector('button[data-i="0"]').click();
})"""


def main() -> None:
    """Start the app and a browser, and measure."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    begin = time.perf_counter()
    with tempfile.TemporaryFile() as log:
        command = [sys.executable, "app.py", "--host", "127.0.0.1", "--port", str(port)]
        server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        try:
            wait(url, server)
            ready = time.perf_counter() - begin
            with sync_playwright() as playwright:
                path = os.environ.get("CHROMIUM", CHROMIUM)
                browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, "--no-sandbox"])
                first, clicks = measure(browser, url)
                browser.close()
            memory = resident_mb(server.pid)
        finally:
            server.terminate()
            server.wait(20)
    figures = {
        "seconds to server ready": round(ready, 2),
        f"seconds to first bars, median of {OPENINGS}": round(statistics.median(first), 2),
        f"milliseconds from click to new bars, median of {CLICKS}": round(statistics.median(clicks), 1),
        "server memory, MB": memory,
        "weights, MB": round(XIAOBAI.stat().st_size / 1e6, 1),
        "load average while measuring": round(os.getloadavg()[0], 2),
    }
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


def wait(url: str, server: subprocess.Popen) -> None:
    """Return when the server answers."""
    direct = build_opener(ProxyHandler({}))
    while server.poll() is None:
        try:
            direct.open(f"{url}/healthz", timeout=2).close()
            return
        except (URLError, OSError):
            time.sleep(0.02)
    sys.exit("the app ended before it answered")


def measure(browser: Browser, url: str) -> tuple[list[float], list[float]]:
    """Return seconds from opening the page to its bars, and milliseconds from clicks to new bars."""
    first: list[float] = []
    clicks: list[float] = []
    for opening in range(OPENINGS):
        context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        page = context.new_page()
        begin = time.perf_counter()
        page.goto(url)
        page.wait_for_selector("#bars .nt-bars button")
        first.append(time.perf_counter() - begin)
        if opening == OPENINGS - 1:
            clicks = [click(page) for _ in range(CLICKS)]
        context.close()
    return first, clicks


def click(page: Page) -> float:
    """Click the tallest bar and return the milliseconds until the next bars are drawn."""
    page.wait_for_timeout(100)
    return page.evaluate(CLICK)


def resident_mb(pid: int) -> float | None:
    """Return a process's resident memory, where the system tells it."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return None
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return round(int(line.split()[1]) / 1024)


if __name__ == "__main__":
    main()
