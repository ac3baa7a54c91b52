"""The demo round: acts of its people through the services, each at its own time in the past."""

from panel_app.demo.seeding.seed import DemoState, beginning, demo_state, seed

__all__ = ["DemoState", "beginning", "demo_state", "seed"]
