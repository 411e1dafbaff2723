"""Whether a mail was their answer."""
