"""What Alembic runs: the steps, on the connection it was handed."""

from alembic import context

from bot.store.indexes import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
