"""The built wheel holds all that the product needs, and serves a page where nothing else of us is."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVE = """
import pathlib, flask_migrate, panel_app
app = panel_app.create_app()
with app.app_context():
    flask_migrate.upgrade(directory=str(panel_app.top_folder("migrations")))
page = app.test_client().get("/sign-in")
style = app.test_client().get("/static/vendor/bootstrap/bootstrap.min.css")
print(pathlib.Path(panel_app.__file__).parent, page.status_code, style.status_code)
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", *build, str(ROOT)], check=True, cwd=folder)
    return next(folder.glob("panel_app-*.whl"))


@pytest.fixture
def installed(wheel: Path, tmp_path: Path) -> Path:
    """The Python of a fresh environment with our wheel; other packages are borrowed from the running one."""
    venv.create(tmp_path / "venv", with_pip=False, symlinks=True)
    python = tmp_path / "venv" / "bin" / "python"
    install = ["install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", "--python", str(python), *install], check=True)
    packages = next((tmp_path / "venv" / "lib").glob("python*/site-packages"))
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    return python


@pytest.mark.parametrize(
    "name",
    [
        "panel_app/migrations/env.py",
        "panel_app/static/style/base.css",
        "panel_app/static/vendor/fonts/source-sans-400.woff2",
        "panel_app/static/vendor/pdfjs/pdf.worker.min.mjs",
        "panel_app/templates/layouts/base.html",
    ],
)
def test_the_wheel_holds_what_the_product_needs(wheel: Path, name: str) -> None:
    assert name in ZipFile(wheel).namelist()


def test_the_wheel_holds_nothing_beside_the_package(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in ZipFile(wheel).namelist()}

    assert sorted(top for top in tops if not top.endswith(".dist-info")) == ["panel_app"]


def test_the_installed_wheel_serves_a_page(installed: Path, tmp_path: Path) -> None:
    settings = {
        "PANEL_ENV": "test",
        "DATABASE_URL": f"sqlite:///{tmp_path}/wheel.db",
        "SECRET_KEY": "7Yt2mQ9xLr4Wv8ZkB3nHc6PdSfGjU1aE",
        "EVIDENCE_DIR": str(tmp_path / "evidence"),
        "BASE_URL": "http://localhost",
        "MAIL_FROM": "panel <panel@example.org>",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}

    answer = subprocess.run(
        [installed, "-c", SERVE], env={**kept, **settings}, cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert answer.returncode == 0, answer.stderr
    package, page, style = answer.stdout.split()[-3:]
    assert Path(package).is_relative_to(installed.parents[1])
    assert (page, style) == ("200", "200")
