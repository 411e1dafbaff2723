"""Words given: ours and theirs, to customers, in the team, and private."""
