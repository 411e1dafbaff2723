"""The screens play with the ledger's cast."""

from tests.ledger.conftest import _own_folder, ann, assert_queries, pat

__all__ = ["_own_folder", "ann", "assert_queries", "pat"]
