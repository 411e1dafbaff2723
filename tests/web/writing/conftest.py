"""Bob has a mailbox, and Ann has waited for his answer for an hour."""

import pytest

from followthrough.ledger import clock
from tests.ledger.scene import HOUR, MONDAY
from tests.worker.sending_scene import Nowhere, mailbox_at, somebody_asked


@pytest.fixture(autouse=True)
def _clock():
    with clock.at(MONDAY + HOUR):
        yield


@pytest.fixture
def mailbox(bob):
    return mailbox_at(Nowhere, bob)


@pytest.fixture
def ann(workspace, mailbox, bob):
    return somebody_asked("Ann", workspace, bob)
