"""Every sentence in its place: scripted conversations, which tests play as well."""
