"""The runner killed while it writes reminders: each is written once, each arrives."""

import json
import random
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

import pytest
from flask import Flask
from sqlalchemy import func, select

from panel_app import clock, create_app
from panel_app.config import Settings
from panel_app.demo.builders.reminders import due_reminders
from panel_app.foundation.database import reading
from panel_app.reminders.models import ReminderOccurrence
from tests.support.databases import make_schema
from tests.support.processes import WarmPanel, environment, said
from tests.support.smtp import Mailbox

DUE = 40


@pytest.fixture
def env(smtp: Mailbox, memory: Path) -> dict[str, str]:
    folder = Path(mkdtemp(prefix="panel-reminders-", dir=memory))
    address = f"sqlite:///{folder / 'panel.db'}"
    return environment(address, folder, SMTP_PORT=str(smtp.port), LEASE_SECONDS="0", RETRY_SECONDS="0")


@pytest.fixture
def queue(env: dict[str, str]) -> Iterator[Flask]:
    app = create_app(Settings.from_env(env))
    make_schema(app)
    with app.app_context():
        yield app


@pytest.mark.slow
def test_each_due_reminder_is_written_once_and_arrives_over_ten_kills(
    queue: Flask, env: dict[str, str], smtp: Mailbox
) -> None:
    with clock.pinned(datetime.now(UTC)):  # the machine's time, by which the processes go
        due_reminders(DUE)
    panel, chance, kills = WarmPanel(env), random.Random(16), 0
    for _ in range(60):
        if kills == 10:
            break
        panel.start("scheduler", "--until-idle")
        timer = threading.Timer(chance.uniform(0.1, 0.35), panel.kill)
        timer.start()
        kills += panel.wait() == -9
        timer.cancel()
    panel.start("scheduler", "--until-idle")
    assert (panel.wait(), kills) == (0, 10)
    panel.close()

    rows = [json.loads(line) for line in said(env, "outbox", "list", "--json").splitlines()]
    taken = Counter(str(mail["To"]) for mail in smtp.taken)
    assert len(rows) == len({row["recipient"] for row in rows}) == DUE
    assert {row["state"] for row in rows} == {"sent"}
    assert set(taken) == {row["recipient"] for row in rows}
    assert sum(taken.values()) - DUE <= sum(row["resent"] for row in rows)
    assert reading().scalar(select(func.count()).select_from(ReminderOccurrence)) == DUE
