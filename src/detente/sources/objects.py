"""Object stores: s3://, gs:// and abfs:// addresses, through the file systems that pyarrow brings along.

Credentials, region and proxy come from where the stores' own tools take them (environment, configuration files, the
machine's role). A server that speaks S3 (MinIO, Ceph) is named by AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import IO, TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

SCHEMES = ("s3", "gs", "gcs", "abfs", "abfss")
_ADDRESS = re.compile(rf"(?:{'|'.join(SCHEMES)})://", re.I)
CONNECT_SECONDS, REQUEST_SECONDS = 10.0, 60.0
PATTERN = re.compile(r"[*?[]")
"""What makes a pattern of a name."""


class Found(NamedTuple):
    """An object that is there."""

    url: str
    size: int
    version: str
    """What tells it from another under the same name: its size and when it was written."""


def is_object_address(source: str) -> bool:
    return bool(_ADDRESS.match(source))


def opened(url: str) -> tuple[FileSystem, str]:
    """The file system of an address, and the path in it. Raises OSError when the store cannot be set up."""
    scheme, rest = url.split("://", 1)
    bucket, _, path = rest.partition("/")
    return _file_system(scheme.lower(), bucket), f"{_bucket(scheme.lower(), bucket)}/{path}".rstrip("/")


def list_objects(url: str) -> list[Found]:
    """The objects that an address stands for, by name: itself, those below it, or those that match its pattern.

    Empty when there are none. Raises OSError when the store does not answer or refuses.
    """
    from pyarrow.fs import FileSelector, FileType

    start = url.split("://", 1)[0] + "://"
    system, path = opened(url)
    if not PATTERN.search(path):
        info = system.get_file_info(path)
        if info.type == FileType.File and not url.endswith("/"):
            return [_found(start, info)]
        top, matches = path, re.compile("")
    else:
        top, matches = PATTERN.split(path, maxsplit=1)[0].rpartition("/")[0], _as_regex(path)
    infos = system.get_file_info(FileSelector(top, recursive=True, allow_not_found=True))
    found = [i for i in infos if i.type == FileType.File and matches.match(i.path)]
    return [_found(start, info) for info in sorted(found, key=lambda info: str(info.path))]


def open_object(url: str) -> IO[bytes]:
    """The bytes of an object, as they come. Raises OSError."""
    system, path = opened(url)
    stream: IO[bytes] = system.open_input_stream(path, compression=None, buffer_size=1 << 20)
    return stream


def said_by(error: OSError) -> str:
    """What a store says, without the address of the documentation and the request's number."""
    return " ".join(str(error).split())[:200]


def _found(start: str, info: Any) -> Found:
    return Found(start + info.path, info.size, f"{info.size}|{info.mtime_ns}")


def _bucket(scheme: str, bucket: str) -> str:
    """Azure's addresses name container and account: abfs://container@account.dfs.core.windows.net/path."""
    return bucket.partition("@")[0] if scheme.startswith("abfs") else bucket


@cache
def _file_system(scheme: str, bucket: str) -> FileSystem:
    from pyarrow import fs

    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    if scheme == "s3" and endpoint:
        parts = urlsplit(endpoint)
        region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
        return fs.S3FileSystem(
            endpoint_override=parts.netloc or endpoint,
            scheme=parts.scheme or "https",
            region=region,
            connect_timeout=CONNECT_SECONDS,
            request_timeout=REQUEST_SECONDS,
        )
    found, _ = fs.FileSystem.from_uri(f"{scheme}://{bucket}/")
    return found


def _as_regex(pattern: str) -> re.Pattern[str]:
    """'*' and '?' stay within a folder, '**' goes across; '[...]' is one of some characters."""
    parts = []
    for part in re.split(r"(\*\*/?|\*|\?|\[[^\]/]+\])", pattern):
        if part.startswith("**"):
            parts.append(".*")
        elif part in ("*", "?"):
            parts.append("[^/]*" if part == "*" else "[^/]")
        elif part.startswith("["):
            parts.append("[" + part[1:-1].replace("!", "^", 1).replace("\\", "\\\\") + "]")
        else:
            parts.append(re.escape(part))
    return re.compile("".join(parts) + r"\Z")
