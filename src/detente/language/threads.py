"""One thread for NumPy's matrix products.

The model's matrices are small: with two threads OpenBLAS spends more time in handing out work than in doing it, and
several processes that read side by side hinder each other. With one thread the parse needs a third less processor
time. OPENBLAS_NUM_THREADS would do the same, but only if it were set before NumPy is imported.
"""

from __future__ import annotations

import ctypes
from pathlib import Path

import numpy as np

SETTERS = ("scipy_openblas_set_num_threads64_", "scipy_openblas_set_num_threads", "openblas_set_num_threads64_",
           "openblas_set_num_threads")  # fmt: skip
"""What the function is called in the builds of OpenBLAS that NumPy's wheels carry."""


def use_one_blas_thread() -> bool:
    """Tells the OpenBLAS inside NumPy's wheel to use one thread. False where there is none (other builds of NumPy)."""
    package = Path(np.__file__).parent
    for folder in (package.parent / "numpy.libs", package / ".dylibs"):
        for file in sorted(folder.glob("*openblas*")):
            try:
                library = ctypes.CDLL(str(file))
            except OSError:
                continue
            for name in SETTERS:
                if hasattr(library, name):
                    getattr(library, name)(1)
                    return True
    return False
