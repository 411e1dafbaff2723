"""The parts of a workbook, element by element: fast, flat in memory, and without entities."""

import re
from collections.abc import Iterator
from io import RawIOBase
from typing import IO
from xml.etree.ElementTree import Element, iterparse

from defusedxml import DTDForbidden
from openpyxl.xml.constants import SHEET_MAIN_NS

WORDS, INLINE = f"{{{SHEET_MAIN_NS}}}si", f"{{{SHEET_MAIN_NS}}}is"
_TEXT, _SPOKEN = f"{{{SHEET_MAIN_NS}}}t", f"{{{SHEET_MAIN_NS}}}rPh"
# In any encoding that puts noughts beside the letters, too.
_DOCTYPE = re.compile(rb"<\0*!\0*(D\0*O\0*C\0*T\0*Y\0*P\0*E|E\0*N\0*T\0*I\0*T\0*Y)")
_TAIL = 64


class Innocent(RawIOBase):
    """A part as a stream that ends in DTDForbidden where entities are declared. The parser that
    looks for them element by element takes twenty times as long."""

    def __init__(self, part: IO[bytes]) -> None:
        self.part = part
        self.tail = b""

    def read(self, size: int = -1) -> bytes:
        piece = self.part.read(size)
        seen = self.tail + piece
        if _DOCTYPE.search(seen):
            raise DTDForbidden("", "", "")
        self.tail = seen[-_TAIL:]
        return piece

    def close(self) -> None:
        self.part.close()
        super().close()


def elements(source: Innocent, tag: str) -> Iterator[Element]:
    """Each element of that tag when it is complete; what has been read is let go."""
    above: list[Element] = []
    for event, element in iterparse(source, events=("start", "end")):  # noqa: S314 - see Innocent
        if event == "start":
            above.append(element)
            continue
        above.pop()
        if element.tag == tag:
            yield element
            if above:
                above[-1].clear()


def words_of(element: Element) -> str:
    """Plain, or in several pieces of their own looks; not how they are spoken."""
    if len(element) == 1 and element[0].tag == _TEXT:
        return element[0].text or ""
    pieces = (piece for part in element if part.tag != _SPOKEN for piece in part.iter(_TEXT))
    return "".join(piece.text or "" for piece in pieces)
