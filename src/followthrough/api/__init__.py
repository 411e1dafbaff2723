"""The same two verbs over JSON: post facts, read follow-ups. Nothing listens here yet."""
