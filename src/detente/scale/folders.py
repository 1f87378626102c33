"""A folder to write parts into: of this machine, or of an object store."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import UsageError
from ..sources.objects import is_object_address, opened, said_by


@dataclass(frozen=True, slots=True)
class Folder:
    """Files by their names below an address, 'claims/kind=event/part-1.parquet'. Each is there whole or not at all.

    Can be sent to workers: they open it for themselves. All raise UsageError when the store or the disk refuses.
    """

    address: str

    @classmethod
    def at(cls, place: str | Path) -> Folder:
        """The folder of a path, made absolute, or of an object store's address."""
        text = str(place)
        return cls(text.rstrip("/") if is_object_address(text) else str(Path(text).resolve()))

    def __str__(self) -> str:
        return self.address

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None where there is none."""
        try:
            if not self._is_object:
                return (Path(self.address) / name).read_bytes()
            data: bytes = self._asked(_read, name)
        except FileNotFoundError:
            return None
        return data

    def put(self, name: str, data: bytes) -> None:
        """Writes a file whole or not at all, whoever else writes the same one."""
        if self._is_object:
            self._asked(lambda system, path: _write(system, path, data), name)
            return
        path = Path(self.address) / name
        mine = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            mine.write_bytes(data)
            mine.replace(path)
        except OSError as error:
            raise UsageError(
                f"{path} cannot be written ({error.strerror or error}); make room, and run the same command again"
            ) from None
        finally:
            mine.unlink(missing_ok=True)

    def names(self, below: str, ending: str = "") -> list[str]:
        """The names of the files straight below a folder of it, in order; hidden ones are left out."""
        if not self._is_object:
            try:
                found = [e.name for e in os.scandir(Path(self.address) / below) if e.is_file()]
            except FileNotFoundError:
                return []
        else:
            found = self._asked(_names, below)
        return sorted(n for n in found if n.endswith(ending) and not n.startswith("."))

    def remove(self, below: str) -> None:
        """Removes a folder of it with all that it holds."""
        if not self._is_object:
            shutil.rmtree(Path(self.address) / below, ignore_errors=True)
        else:
            self._asked(lambda system, path: system.delete_dir_contents(path, missing_dir_ok=True), below)

    @property
    def _is_object(self) -> bool:
        return is_object_address(self.address)

    def _asked(self, work: Callable[[Any, str], Any], name: str) -> Any:
        try:
            return work(*opened(f"{self.address}/{name}"))
        except FileNotFoundError:
            raise
        except OSError as error:
            raise UsageError(
                f"{self.address}/{name}: the store refuses ({said_by(error)}); see credentials, region and bucket"
            ) from None


def _read(system: Any, path: str) -> bytes:
    with system.open_input_stream(path, compression=None) as stream:
        data: bytes = stream.readall()
    return data


def _write(system: Any, path: str, data: bytes) -> None:
    with system.open_output_stream(path, compression=None) as stream:
        stream.write(data)


def _names(system: Any, path: str) -> list[str]:
    from pyarrow.fs import FileSelector, FileType

    infos = system.get_file_info(FileSelector(path, allow_not_found=True))
    return [info.base_name for info in infos if info.type == FileType.File]
