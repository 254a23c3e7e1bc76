"""What Alembic runs: the steps, on the connection that `portal.store.schema` hands over."""

from alembic import context

from portal.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    user_module_prefix="sa.",
)
with context.begin_transaction():
    context.run_migrations()
