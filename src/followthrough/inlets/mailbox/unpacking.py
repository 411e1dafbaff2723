"""Packed mail (zip, gzip, tar), entry by entry: nothing is written under a name of its own."""

import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, Any, BinaryIO, cast

from followthrough.core.saying import says
from followthrough.inlets.noticed import Unreadable
from followthrough.inlets.wording import one_line

ZIP, GZIP = (b"PK\x03\x04", b"PK\x05\x06"), b"\x1f\x8b"
DEEPEST = 2  # a zip in a zip is somebody's folder; more than that is not
MOST_FILES = 200_000
RATIO, ALWAYS = 200, 64 << 20  # mail packs to a thirtieth at best; a little may always come out
SHOWN = 150  # letters of a name
IN_MEMORY, LARGEST_INNER = 8 << 20, 4 << 30

TOO_DEEP = says(
    "This is packed inside something packed inside another. Unpack it first, then it reads."
)
TOO_MANY = says(
    "This holds more than {most} files. Bring it in in several parts.", most=f"{MOST_FILES:,}"
)
TOO_MUCH = says(
    "This unpacks to far more than mail ever does, so it was not unpacked further. "
    "If it is yours, unpack it and bring in the folder."
)
LOCKED = says("This is locked with a password. Unpack it first, then it reads.")
DAMAGED = says("This packed file is damaged here. Pack it again, or bring in the folder itself.")
STOP_AT = (OSError, EOFError, ValueError, RuntimeError, NotImplementedError, KeyError,
           zipfile.BadZipFile, zlib.error, lzma.LZMAError, tarfile.TarError)  # fmt: skip

Found = tuple[str, bytes | Unreadable]
OpenEach = Callable[..., Iterator[Found]]

_INDEXES = (".msf", ".dat", ".sqlite", ".lock", ".db")
_NO_MAIL = ("maildirfolder", "table_of_contents")


class TooMuch(Exception):
    """More has come out than went in can explain."""


class Guard:
    """Counts what really comes out; what a file declares of itself proves nothing."""

    def __init__(self, packed: int) -> None:
        self.left = max(ALWAYS, packed * RATIO)

    def watch(self, stream: IO[bytes]) -> BinaryIO:
        return io.BufferedReader(_Watched(stream, self))


class _Watched(io.RawIOBase):
    def __init__(self, stream: IO[bytes], guard: Guard) -> None:
        super().__init__()
        self.stream, self.guard = stream, guard

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        view = memoryview(into)
        piece = self.stream.read(len(view))
        self.guard.left -= len(piece)
        if self.guard.left < 0:
            raise TooMuch
        view[: len(piece)] = piece
        return len(piece)


def is_packed(beginning: bytes) -> bool:
    return beginning.startswith((*ZIP, GZIP)) or beginning[257:262] == b"ustar"


def may_hold_mail(name: str) -> bool:
    """Hidden files and the indexes that mail programs keep beside the mail hold none."""
    inside = PurePosixPath(name.replace("\\", "/"))
    hidden = inside.name.startswith((".", "dovecot")) or "__MACOSX" in inside.parts
    return not (hidden or inside.name in _NO_MAIL or inside.suffix.lower() in _INDEXES)


def unpacked(
    first: bytes, lines: BinaryIO, where: str, opener: "Opener | None", open_each: OpenEach
) -> Iterator[Found]:
    """All that it holds. `first` was read of it already; `open_each` opens what comes out.

    `opener` is the one of the packing around it.
    """
    if opener and opener.depth >= DEEPEST:
        yield where, Unreadable(where=where, why=TOO_DEEP)
        return
    with _whole(first, lines, opener) as packed:
        size = packed.seek(0, io.SEEK_END)
        packed.seek(0)
        if opener:
            yield from _each(
                first, packed, where, Opener(opener.guard, opener.depth + 1, open_each)
            )
            return
        try:
            yield from _each(first, packed, where, Opener(Guard(size), 1, open_each))
        except TooMuch:
            yield where, Unreadable(where=where, why=TOO_MUCH)


class Opener:
    """How what comes out is opened: all of it counted together, however deep it was packed."""

    def __init__(self, guard: Guard, depth: int, open_each: OpenEach) -> None:
        self.guard, self.depth, self.open_each = guard, depth, open_each

    def of(self, stream: IO[bytes], where: str) -> Iterator[Found]:
        try:
            yield from self.open_each(self.guard.watch(stream), where, self)
        except STOP_AT:
            yield where, Unreadable(where=where, why=DAMAGED)


def _whole(first: bytes, lines: BinaryIO, around: Opener | None) -> IO[bytes]:
    """The packed file from its beginning; one inside another is laid aside without a name."""
    if around is None:
        return cast("IO[bytes]", io.FileIO(lines.fileno(), closefd=False))
    aside = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the caller closes it
    aside.write(first)
    left = LARGEST_INNER
    while left > 0 and (piece := lines.read(1 << 20)):
        aside.write(piece)
        left -= len(piece)
    return cast("IO[bytes]", aside)


def _each(first: bytes, packed: IO[bytes], where: str, opener: Opener) -> Iterator[Found]:
    if first.startswith(ZIP):
        yield from _zipped(packed, where, opener)
    elif first.startswith(GZIP):
        yield from _gzipped(packed, where, opener)
    else:
        yield from _tarred(packed, where, opener)


def _zipped(packed: IO[bytes], where: str, opener: Opener) -> Iterator[Found]:
    try:
        box = zipfile.ZipFile(packed)
    except STOP_AT:
        yield where, Unreadable(where=where, why=DAMAGED)
        return
    with box:
        infos = box.infolist()
        declared = sum(info.file_size for info in infos)
        if len(infos) > MOST_FILES or declared > opener.guard.left:
            why = TOO_MANY if len(infos) > MOST_FILES else TOO_MUCH
            yield where, Unreadable(where=where, why=why)
            return
        places = _Places(where)
        for number, info in enumerate(infos, start=1):
            if not info.is_dir() and may_hold_mail(info.filename):
                yield from _zip_entry(box, info, places.of(info.filename, number), opener)


def _zip_entry(
    box: zipfile.ZipFile, info: zipfile.ZipInfo, place: str, opener: Opener
) -> Iterator[Found]:
    if info.flag_bits & 0x1:
        yield place, Unreadable(where=place, why=LOCKED)
        return
    try:
        stream = box.open(info)
    except STOP_AT:
        yield place, Unreadable(where=place, why=DAMAGED)
        return
    with stream:
        yield from opener.of(stream, place)


def _gzipped(packed: IO[bytes], where: str, opener: Opener) -> Iterator[Found]:
    """One file; a tar inside is the same packing."""
    with cast("IO[bytes]", gzip.GzipFile(fileobj=packed, mode="rb")) as stream:
        try:
            beginning = opener.guard.watch(stream).read(512)
            stream.seek(0)
        except STOP_AT:
            yield where, Unreadable(where=where, why=DAMAGED)
            return
        if beginning[257:262] == b"ustar":
            yield from _tarred(opener.guard.watch(stream), where, opener)
        else:
            yield from opener.of(stream, where)


def _tarred(packed: IO[bytes], where: str, opener: Opener) -> Iterator[Found]:
    places = _Places(where)
    try:
        with tarfile.open(fileobj=packed, mode="r|") as box:
            for number, member in enumerate(box, start=1):
                stream = box.extractfile(member) if member.isreg() else None
                if number > MOST_FILES:
                    yield where, Unreadable(where=where, why=TOO_MANY)
                    return
                if stream and may_hold_mail(member.name):
                    yield from opener.of(stream, places.of(member.name, number))
                # Or the names of all files stay in memory.
                box.members = []  # type: ignore[attr-defined]
    except STOP_AT:
        yield where, Unreadable(where=where, why=DAMAGED)


class _Places:
    """Each entry stands in a place of its own, even where two share their name."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.taken: set[int] = set()  # hashes: the names of all entries may be long

    def of(self, name: str, number: int) -> str:
        shown = _shown(name)
        if hash(shown) in self.taken:
            shown = f"{shown} (entry {number})"
        self.taken.add(hash(shown))
        return f"{self.where}, {shown}"


def _shown(name: str) -> str:
    """The end of a long path tells more than its beginning."""
    whole = one_line(name, limit=65_536)
    return whole if len(whole) <= SHOWN else f"…{whole[-SHOWN:]}"
