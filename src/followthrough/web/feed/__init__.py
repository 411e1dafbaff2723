"""Their follow-ups in the calendar that they use anyway."""
