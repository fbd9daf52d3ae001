"""Whether the answers still say what the documentation says, topic by topic and language by language."""
