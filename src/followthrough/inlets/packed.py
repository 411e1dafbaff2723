"""Packed files, read in pieces, and given up as soon as they unpack to more than anybody's list."""

import gzip
import io
import zlib
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from followthrough.core.saying import says

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
LARGEST = 8 << 30  # bytes, unpacked
FREE = 64 << 20  # bytes that any file may unpack to, however small it is
STEEPEST = 250  # times its packed size; lists shrink to a tenth or a thirtieth
MOST_ENTRIES = 10_000
TOO_LARGE = says(
    "This file unpacks to far more than a list would. It was not read further. "
    "Bring the list in unpacked, as CSV."
)
DAMAGED = says("This packed file is damaged. Make it anew, or bring the list in unpacked.")


class CouldNotRead(Exception):
    """Why a file cannot be read (on), as a sentence that says what to do."""


class Unpacked(io.RawIOBase):
    """The inside of a gzip file, with an eye on how much comes out."""

    def __init__(self, source: Path | bytes) -> None:
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        self.most = min(LARGEST, max(FREE, size * STEEPEST))
        self.packed = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
        self.inside = gzip.GzipFile(fileobj=self.packed)
        self.seen = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        try:
            piece = self.inside.read(len(buffer))
        except (OSError, EOFError, zlib.error) as error:
            raise CouldNotRead(DAMAGED) from error
        self.seen += len(piece)
        if self.seen > self.most:
            raise CouldNotRead(TOO_LARGE)
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self.inside.close()
        self.packed.close()
        super().close()


def unpacked(source: Path | bytes) -> BinaryIO:
    return io.BufferedReader(Unpacked(source), 1 << 18)  # type: ignore[type-var]


def is_gzip(source: Path | bytes) -> bool:
    return _beginning(source).startswith(GZIP)


def is_zip(source: Path | bytes) -> bool:
    return _beginning(source).startswith(ZIP)


def _beginning(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source[:4]
    with source.open("rb") as file:
        return file.read(4)


def safe_archive(source: Path | bytes) -> ZipFile:
    """Opened, with what it says of itself looked through. What an entry holds beyond its declared
    size is never read, so the declared sizes are all that can come out."""
    try:
        archive = ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise CouldNotRead(DAMAGED) from error
    entries = archive.infolist()
    most = [max(FREE, one.compress_size * STEEPEST) for one in entries]
    steep = any(one.file_size > limit for one, limit in zip(entries, most, strict=True))
    whole = sum(one.file_size for one in entries)
    if len(entries) > MOST_ENTRIES or steep or whole > LARGEST:
        archive.close()
        raise CouldNotRead(TOO_LARGE)
    return archive
