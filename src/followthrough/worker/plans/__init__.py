"""Steps of plans that leave by themselves: their words filled in, and put into the outbox."""
