"""Makes the pictures of README and docs from a freshly seeded demo: `make pictures`.

The demo lies in a temporary folder, has ports of its own, and its clock starts at one instant, so that dates on the
pictures stay. References are drawn at random at each run, as they are in a real round.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from panel_app.demo.seeding.cast import PASSWORD, players
from scripts.shots import SHOTS, Shot

TOP = Path(__file__).resolve().parents[1]
FOLDER = TOP / "docs" / "pictures"
NOW = "2027-01-18T10:00:00+00:00"
CHROMIUM = "/usr/bin/chromium"
MOST_BYTES = 2_500_000
COLOURS = 128
HEIGHTS = {1280: 860, 390: 844}


def main() -> None:
    """Seed, serve, take every picture. Fails when a page can't be reached or all together are too large."""
    only = set(sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="panel-pictures-") as folder:
        env = environment(Path(folder))
        subprocess.run([sys.executable, "-m", "panel_app", "seed-demo"], env=env, cwd=TOP, check=True)
        with serving(env), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM)
            take_all(browser, env["BASE_URL"], [each for each in SHOTS if not only or each.name in only])
            browser.close()
    size = sum(each.stat().st_size for each in FOLDER.glob("*.png"))
    print(f"{len(list(FOLDER.glob('*.png')))} pictures, {size / 1000:.0f} kB")
    if size > MOST_BYTES:
        sys.exit(f"The pictures are larger than {MOST_BYTES / 1000:.0f} kB together: take fewer, or fewer colours.")


def environment(folder: Path) -> dict[str, str]:
    """The settings of a demo that is nobody else's."""
    web, mail = free_port(), free_port()
    return {
        "PATH": os.environ["PATH"],
        "PANEL_ENV": "demo",
        "PANEL_NOW": NOW,
        "DATABASE_URL": f"sqlite:///{folder}/panel.db",
        "EVIDENCE_DIR": str(folder / "evidence"),
        "BASE_URL": f"http://127.0.0.1:{web}",
        "BIND": f"127.0.0.1:{web}",
        "SMTP_PORT": str(mail),
    }


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(env: dict[str, str]) -> Iterator[None]:
    """The web part alone: without a scheduler the round stays as it was seeded."""
    command = ["-m", "gunicorn", "wsgi:app", "--bind", env["BIND"], "--threads", "4", "--worker-class", "gthread"]
    process = subprocess.Popen([sys.executable, *command, "--log-level", "error"], env=env, cwd=TOP)
    try:
        wait_for(env["BASE_URL"])
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(address: str, seconds: float = 60) -> None:
    """Wait until the server answers. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urlopen(f"{address}/sign-in", timeout=5).close()
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise TimeoutError(f"{address} did not answer within {seconds:.0f} seconds")


def take_all(browser: Browser, base_url: str, shots: list[Shot]) -> None:
    """Take the pictures, each in a window of its own."""
    FOLDER.mkdir(exist_ok=True)
    addresses = known_addresses(browser, base_url)
    for shot in shots:
        height = HEIGHTS[shot.width]
        context = browser.new_context(base_url=base_url, viewport={"width": shot.width, "height": height})
        page = context.new_page()
        sign_in(page, addresses[shot.who])
        shot.reach(page)
        save(page.screenshot(animations="disabled"), FOLDER / f"{shot.name}.png")
        context.close()


def known_addresses(browser: Browser, base_url: str) -> dict[str, str]:
    """Address by short name and, from the demo's page of accounts, by what there is to see: members' work moves."""
    page = browser.new_page(base_url=base_url)
    page.goto("/demo")
    rows = [
        [cell.inner_text().strip() for cell in row.query_selector_all("th, td")]
        for row in page.query_selector_all("tbody tr")
    ]
    page.close()
    named = {each.name: each.person.email for each in players()}
    return named | {row[-1].splitlines()[-1]: row[0] for row in rows}


def sign_in(page: Page, address: str) -> None:
    """Through the form, as anybody does."""
    page.goto("/sign-in")
    page.fill("input[type=email]", address)
    page.fill("input[type=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/today")


def save(picture: bytes, path: Path) -> None:
    """Write a picture with few colours: pages have few, and the checkout stays small."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
