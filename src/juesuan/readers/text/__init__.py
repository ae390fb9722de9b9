"""What the words of a published document tell."""
