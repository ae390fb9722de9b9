"""juesuan (决算)."""
