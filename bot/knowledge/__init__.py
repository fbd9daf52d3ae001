"""What we can answer, and how a question finds its topic."""
