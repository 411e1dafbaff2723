"""What somebody is to us, as the books say by themselves: several at once, in one order."""

from followthrough.core.history import History

PROSPECT, CUSTOMER, SUPPLIER, REFERRER = "prospect", "customer", "supplier", "referrer"
ROLES = (PROSPECT, CUSTOMER, SUPPLIER, REFERRER)
# What is open in these asks for something of ours.
ASKS = {"enquiry", "deal"}
YES = "won"


def roles_of(history: History) -> tuple[str, ...]:
    """Derived from what is open and what was closed; who sends others is said by hand."""
    found = set()
    for matter in history.matters.values():
        if matter.kind == "supply":
            found.add(SUPPLIER)
        elif matter.closed is not None and matter.closed.outcome == YES:
            found.add(CUSTOMER)
        elif matter.closed is None and matter.kind in ASKS:
            found.add(PROSPECT)
    if "ordered" in history.known.signs:
        found.add(CUSTOMER)
    return tuple(name for name in ROLES if name in found)
