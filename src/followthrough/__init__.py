"""Nothing is ever dropped: whom to follow up today, why, and with which words."""
