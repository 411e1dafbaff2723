"""The team: who is here, who is away, who is coming and who is leaving."""
