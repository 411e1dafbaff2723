"""Ann asks and Pat prints: parties in the books of the sign shop."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.ledger.scene import party_named


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """The list of the forgotten is a file: each test begins with none."""
    settings.VAR = tmp_path


@pytest.fixture
def ann(workspace, mia, bob):
    return party_named("Ann", workspace, owner=bob)


@pytest.fixture
def pat(workspace, mia, bob):
    return party_named("Pat", workspace, owner=mia)


@pytest.fixture
def assert_queries():
    return _Counted


class _Counted(CaptureQueriesContext):
    def __init__(self, most):
        super().__init__(connection)
        self.most = most

    def __exit__(self, *why):
        super().__exit__(*why)
        if why[0] is None:
            asked = "\n".join(query["sql"][:200] for query in self.captured_queries)
            assert len(self) <= self.most, asked
