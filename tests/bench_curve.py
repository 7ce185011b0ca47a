"""What an update of the loss curve costs the browser: `python -m tests.bench_curve` prints it as JSON.

A page with the header and a curve alone; a run of 2,000 points is told at 4 Hz, thinned as in the page.
"""

import json
import math
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace

import gradio as gr
from playwright.sync_api import sync_playwright

from lesson.ui.components import Header, as_value
from lesson.ui.run_parts import Curve, RunCard
from lesson.ui.run_phrases import PHRASES as RUN_PHRASES
from lesson.ui.server import serve
from lesson.ui.training_phrases import PHRASES
from lesson.views.curve import curve
from tests.bench import wait
from tests.conftest import CHROMIUM, FLAGS, ROOT, free_port
from train.snapshot import Record

POINTS, UPDATES, HERTZ = 2_000, 24, 4
CLICK = "document.getElementById('go').click()"


def told() -> list[str]:
    """A run's curve at the moments of the updates, as the page would be told it."""
    record = Record()
    config = {"max_seconds": None, "probe": ""}
    counted = {"unigram": 5.1, "bigram": 3.2}
    record.take(
        {"event": "start", "step": 0, "steps": POINTS + UPDATES * 10, "uniform_loss": 6.9, "config": config}
        | {"baselines": counted}
    )  # fmt: skip
    values = []
    for step in range(POINTS + UPDATES * 10):
        loss = 1 + 5.9 * math.exp(-step / 400) + 0.1 * math.sin(step)
        record.take({"event": "step", "step": step, "train_loss": loss})
        if step % 50 == 0:
            seen = {"val_loss": loss, "train_loss": loss, "best": True, "probe": None, "sample": ""}
            record.take({"event": "eval", "step": step, **seen})
        if step >= POINTS and step % 10 == 0:
            values.append(as_value(curve(replace(record.snapshot(), state="running"), "bench")))
    return values


def page() -> gr.Blocks:
    """A header and a curve, told anew several times a second."""
    values = told()
    with gr.Blocks(analytics_enabled=False) as blocks:
        Header([], {**PHRASES, **RUN_PHRASES})
        with gr.Column(elem_id="training"):
            RunCard()
            shown = Curve()
        go = gr.Button("go", elem_id="go")

        def stream():
            for value in values:
                yield value
                time.sleep(1 / HERTZ)

        go.click(stream, None, [shown], show_progress="hidden")
    return blocks


def measure(url: str) -> dict[str, float]:
    """Milliseconds of the browser's main thread for each update, all that it does counted."""
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM", CHROMIUM)
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, "--no-sandbox"])
        window = browser.new_page(viewport={"width": 1440, "height": 900})
        window.goto(url)
        window.wait_for_selector("#curve-canvas")
        window.wait_for_timeout(2000)
        tool = window.context.new_cdp_session(window)
        tool.send("Performance.enable")

        def busy() -> dict[str, float]:
            return {one["name"]: one["value"] for one in tool.send("Performance.getMetrics")["metrics"]}

        seconds = UPDATES / HERTZ + 2
        begin = busy()
        window.wait_for_timeout(1000 * seconds)
        rest = busy()
        window.evaluate(CLICK)
        window.wait_for_timeout(1000 * seconds)
        end = busy()
        points = int(window.locator("#curve-canvas").get_attribute("data-points") or 0)
        browser.close()
    return {
        "main thread, ms an update": per_update(rest, end, "TaskDuration"),
        "of it script": per_update(rest, end, "ScriptDuration"),
        "at rest, ms in the same time": per_update(begin, rest, "TaskDuration"),
        "points drawn": points,
        "bytes of a value": len(told()[-1]),
        "load average": round(os.getloadavg()[0], 2),
    }


def per_update(before: dict[str, float], after: dict[str, float], name: str) -> float:
    """Milliseconds that something took between two moments, divided by the number of updates."""
    return round(1000 * (after[name] - before[name]) / UPDATES, 1)


def main() -> None:
    """Serve the page in a process of its own, and measure."""
    port = free_port()
    if sys.argv[1:2] == ["serve"]:
        serve(page(), host="127.0.0.1", port=int(sys.argv[2]))
        return
    with tempfile.TemporaryFile() as log:
        command = [sys.executable, "-m", "tests.bench_curve", "serve", str(port)]
        server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            wait(url, server)
            sys.stdout.write(json.dumps(measure(url), indent=1) + "\n")
        finally:
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    main()
