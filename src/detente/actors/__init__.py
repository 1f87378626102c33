"""Who: the registry, the dictionaries, offices in time, and what each mention means."""

from .registry import Registry, default_registry, registry_of
from .user_files import files_of
from .who import Who, find_actors

__all__ = ["Registry", "Who", "default_registry", "files_of", "find_actors", "registry_of"]
