"""Take the README's pictures and a gallery to look at: `python -m tests.pictures [FOLDER]`."""

import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.bench import wait
from tests.conftest import CHROMIUM, FLAGS, ROOT, free_port

README = ROOT / "assets" / "pictures"
DESKTOP, PHONE = (1440, 900), (390, 844)
SHOTS = (
    ("playground", DESKTOP, "zh", "light"),
    ("playground-en", DESKTOP, "en", "light"),
    ("playground-dark", DESKTOP, "zh", "dark"),
    ("playground-en-dark", DESKTOP, "en", "dark"),
    ("phone", PHONE, "zh", "light"),
    ("phone-en-dark", PHONE, "en", "dark"),
)
SHIPPED = ("playground", "playground-en")


def main() -> None:
    """Start the app, and photograph every shot into a folder, or the README's two into assets/pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else README
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "app.py", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait(url, server)
        with sync_playwright() as playwright:
            path = os.environ.get("CHROMIUM", CHROMIUM)
            browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, "--no-sandbox"])
            for name, size, lang, scheme in SHOTS:
                if folder != README or name in SHIPPED:
                    take(browser, f"{url}/?lang={lang}", folder / f"{name}.png", size, scheme)
            browser.close()
    finally:
        server.terminate()
        server.wait(20)


def take(browser: Browser, url: str, file: Path, size: tuple[int, int], scheme: str) -> None:
    """Photograph the page as it first appears; a phone's page whole, since its reader scrolls."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("#bars .nt-bars[data-ready] button")
    page.wait_for_timeout(1500)  # bars grow into place
    page.screenshot(path=file, full_page=size == PHONE)
    context.close()


if __name__ == "__main__":
    main()
