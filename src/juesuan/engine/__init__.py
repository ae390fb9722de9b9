"""A warm engine for papermill: kernels forked from a prepared process; its callers name what it prepares."""
