"""What goes wrong between page and server, in Chromium: the text stays on the page and the device, and the page says so."""

import pytest
from playwright.sync_api import Page, expect

from panel_app.assignment.services import recuse
from panel_app.demo.builders.accounts import SIGN_IN_PASSWORD, email_of
from tests.scoring.desk import KEPT, box, on_sheet, open_sheet, status, wait_until_saved
from tests.scoring.places import Place
from tests.scoring.test_browser_saving import waiting_here
from tests.support.browsers import Window
from tests.support.server import Server

pytestmark = pytest.mark.browser
