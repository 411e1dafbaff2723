"""How we notice: one module per source of facts, pure functions over what it brings."""
