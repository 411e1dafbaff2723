"""Bob's mailbox at a scripted server, and Ann in a plan of mails that leave by themselves."""

import pytest
from tests.ledger.scene import MONDAY
from tests.servers.smtp import Server
from tests.worker.sending_scene import mailbox_at
from tests.worker.steps_scene import answered, begin, plan_of_mails


@pytest.fixture
def server():
    with Server() as one:
        yield one


@pytest.fixture
def mailbox(server, mia, bob):
    return mailbox_at(server, bob, read_at=MONDAY)


@pytest.fixture
def ann(workspace, mia, bob):
    return answered("Ann Archer", "ann@home.example", workspace, bob)


@pytest.fixture
def begun(workspace, mailbox, ann, bob):
    begin(ann, plan_of_mails(workspace), bob)
    return ann
