"""Showing in a notebook, exporting to a page and to files."""
