"""A warm engine for papermill: kernels forked from a prepared process. What it prepares is named by its callers, or by default a report."""
