"""From loose tables to facts: put together, recognised, read by their labels, confirmed by their sums."""
