"""The plans that are there from the first day, in the reader's language; each is taken and changed."""

from followthrough.ledger.ready_after import AFTER_A_SALE, CAME, GONE_QUIET, STAYED_AWAY
from followthrough.ledger.ready_before import AFTER_A_QUOTE, HALF_A_YEAR, NEW_ENQUIRY

READY = {
    one.key: one
    for one in (
        NEW_ENQUIRY, AFTER_A_QUOTE, AFTER_A_SALE, GONE_QUIET, HALF_A_YEAR, STAYED_AWAY, CAME,
    )
}  # fmt: skip
