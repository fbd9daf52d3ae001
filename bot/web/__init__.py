"""The pages we serve."""
