"""What we remember, on SQLite or PostgreSQL."""
