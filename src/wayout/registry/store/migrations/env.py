"""Where Alembic finds the connection: whoever migrates hands it in."""

from alembic import context

from wayout.registry.store.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, transaction_per_migration=False)
context.run_migrations()
