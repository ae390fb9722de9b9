"""A warm engine for papermill: kernels forked from a prepared process. Knows nothing of accounts."""
