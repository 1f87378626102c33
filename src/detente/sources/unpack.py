"""gzip, unpacked piece by piece so that a bomb never goes off."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import IO

from .limits import MIB, Limits
from .reasons import read_error

PIECE = 256 * 1024
HARMLESS = 4 * MIB
"""Bytes that may come out before their ratio to what went in is looked at."""


def gunzip(stream: IO[bytes], source: str, limits: Limits, most: int) -> Iterator[bytes]:
    """The content of a gzip stream, of any number of members, in pieces of at most 256 KiB.

    Raises ReadError: 'bomb' when more than `most` bytes come out, or more than `unpack_ratio` for each
    byte that went in; 'damaged' when it is cut off or corrupt (what came before was yielded).
    """
    unpacker = zlib.decompressobj(wbits=31)
    went_in = came_out = 0
    pending = b""
    while True:
        if not pending:
            pending = stream.read(PIECE)
            went_in += len(pending)
            if not pending:
                if unpacker.eof or (not came_out and went_in == 0):
                    return
                raise read_error(source, "damaged", "the gzip file is cut off; get it again")
        if unpacker.eof:
            pending = pending.lstrip(b"\0")  # padding, as tapes and some archives leave it
            if not pending:
                continue
            if not pending.startswith(b"\x1f"):
                return  # what follows is no gzip member; gzip(1) ignores it as well
            unpacker = zlib.decompressobj(wbits=31)
        try:
            piece = unpacker.decompress(pending, PIECE)
        except zlib.error as error:
            raise read_error(source, "damaged", f"the gzip file is corrupt ({error}); get it again") from None
        pending = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
        came_out += len(piece)
        if came_out > most:
            raise read_error(source, "bomb", f"unpacks into more than {most:,} bytes")
        if came_out > HARMLESS and came_out > went_in * limits.unpack_ratio:
            raise read_error(source, "bomb", f"unpacks into more than {limits.unpack_ratio} times its size")
        if piece:
            yield piece
