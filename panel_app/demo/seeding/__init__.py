"""The demo round: acts of its people through the services, each at its own time in the past."""

from panel_app.demo.seeding.seed import DemoState, demo_state, seed

__all__ = ["DemoState", "demo_state", "seed"]
