"""Which well-known program wrote a list."""

from followthrough.inlets.columns import squeezed
from followthrough.inlets.layout import Layout
from followthrough.inlets.layouts_of_address_books import ADDRESS_BOOKS
from followthrough.inlets.layouts_of_crms import CRMS


def layout_of(headers: tuple[str, ...]) -> Layout | None:
    """The first whose headers all stand in the list."""
    words = frozenset(map(squeezed, headers))
    return next((layout for layout in (*CRMS, *ADDRESS_BOOKS) if layout.fits(words)), None)
