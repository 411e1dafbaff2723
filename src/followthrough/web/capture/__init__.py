"""A telephone enquiry, kept in under a minute."""
