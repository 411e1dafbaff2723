"""The promises we keep, a file each: history in, follow-ups out."""
