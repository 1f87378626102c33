"""The workbench: web pages to look at a record, check it, correct it and cite it."""

from .app import make_app
from .serving import Served, serve

__all__ = ["Served", "make_app", "serve"]
