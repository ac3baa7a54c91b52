"""`panel scheduler` killed with SIGKILL at random moments: nothing is lost, nothing is queued twice.

A message may reach the server a second time only when the process died between the server's "250" and our mark, and
then under the same Message-ID; the row counts it.
"""

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from flask import Flask

from panel_app import create_app
from panel_app.config import Settings
from panel_app.demo.builders.accounts import a_person
from tests.support.databases import make_schema
from tests.support.outbox import a_message
from tests.support.processes import WarmPanel, environment, said
from tests.support.smtp import Mailbox

STEPS = ("MAIL", "RCPT", "DATA", "250")


@pytest.fixture
def env(smtp: Mailbox, memory: Path) -> dict[str, str]:
    """A database of its own, and claims that run out at once: only one process works at a time here."""
    folder = Path(mkdtemp(prefix="panel-kill-", dir=memory))
    address = f"sqlite:///{folder / 'panel.db'}"
    return environment(address, folder, SMTP_PORT=str(smtp.port), LEASE_SECONDS="0", RETRY_SECONDS="0")


@pytest.fixture
def queue(env: dict[str, str]) -> Iterator[Flask]:
    app = create_app(Settings.from_env(env))
    make_schema(app)
    with app.app_context():
        yield app


class Killer:
    """Kills the running process: at the n-th time that the server reaches a step, or some time after its start."""

    def __init__(self, panel: WarmPanel, smtp: Mailbox, seed: int) -> None:
        self.panel, self.chance, self.left, self.step = panel, random.Random(seed), 0, ""
        smtp.at_step = self.reached

    def reached(self, step: str) -> None:
        """Called by the server before it answers."""
        self.left -= step == self.step
        if step == self.step and self.left == 0:
            self.panel.kill()
        elif not self.step:
            time.sleep(0.01)  # so that a kill by time falls anywhere into the dialogue

    def run_and_kill(self) -> bool:
        """One process, one kill; False when the process had done everything before."""
        self.step, self.left = self.chance.choice([*STEPS, ""]), self.chance.randint(1, 2)
        self.panel.start("scheduler", "--until-idle")
        timer = threading.Timer(self.chance.uniform(0.1, 0.5), self.panel.kill) if not self.step else None
        if timer:
            timer.start()
        ended = self.panel.wait()
        if timer:
            timer.cancel()
        return ended == -9


def storm(env: dict[str, str], smtp: Mailbox, kills: int, seed: int) -> None:
    """Kill so many processes, each with messages to send; then let one finish, and count."""
    panel, written, done, person = WarmPanel(env), [], 0, a_person()
    killer = Killer(panel, smtp, seed)
    while done < kills:
        written += [a_message(person) for _ in range(3)]
        done += killer.run_and_kill()
    smtp.at_step = lambda step: None
    panel.start("scheduler", "--until-idle")
    assert panel.wait() == 0
    panel.close()

    rows = [json.loads(line) for line in said(env, "outbox", "list", "--json").splitlines()]
    taken = Counter(smtp.keys)
    assert [row["key"] for row in rows] == written
    assert {row["state"] for row in rows} == {"sent"}
    assert set(taken) == set(written)
    assert {(str(mail["X-Panel-Key"]), str(mail["Message-ID"])) for mail in smtp.taken} == {
        (row["key"], row["message_id"]) for row in rows
    }
    resent = {row["key"]: row["resent"] for row in rows}
    assert all(times - 1 <= resent[key] for key, times in taken.items())
    assert sum(taken.values()) - len(written) <= done


@pytest.mark.slow
def test_nothing_is_lost_or_queued_twice_over_thirty_kills(queue: Flask, env: dict[str, str], smtp: Mailbox) -> None:
    storm(env, smtp, kills=30, seed=20270104)


@pytest.mark.storm
def test_nothing_is_lost_or_queued_twice_over_a_thousand_kills(
    queue: Flask, env: dict[str, str], smtp: Mailbox
) -> None:
    storm(env, smtp, kills=1000, seed=8)
