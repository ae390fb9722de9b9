"""One module a file format: each gives tables and passages in reading order, and knows nothing of accounts."""
