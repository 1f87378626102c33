"""Sources: bytes to Documents, one module a format, read where a reader that hangs can be killed."""

from ..errors import ReadError
from .guard import warm_up
from .inputs import Input, enumerate_inputs
from .limits import Limits
from .many import read_all, read_inputs
from .reading import read_bytes, read_input, read_source
from .reasons import REASONS

__all__ = [
    "REASONS",
    "Input",
    "Limits",
    "ReadError",
    "enumerate_inputs",
    "read_all",
    "read_bytes",
    "read_input",
    "read_inputs",
    "read_source",
    "warm_up",
]
