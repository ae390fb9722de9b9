"""Many departments at once: the dataset of a batch, asked through DuckDB, and what `overview.ipynb` shows of it."""
