"""A record on a server: PostgreSQL, for teams. Needs the extra `detente[postgres]`: SQLAlchemy and psycopg."""

from ...errors import RecordError

try:
    from .store import ServerStore
except ModuleNotFoundError as error:
    if (error.name or "").split(".")[0] not in {"sqlalchemy", "psycopg"}:
        raise
    raise RecordError(
        f"a record on PostgreSQL needs {error.name}, which is not installed; run: pip install 'detente[postgres]'"
    ) from error

__all__ = ["ServerStore"]
