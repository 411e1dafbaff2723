"""A list that a well-known program writes, told by its columns."""

from collections.abc import Mapping
from dataclasses import dataclass

from followthrough.inlets.columns import meanings, plain, squeezed


@dataclass(frozen=True, kw_only=True)
class Layout:
    """`must` are headers that only this list has together; `fields` what its own columns mean
    where their names say it to nobody else. `ids` names whose numbers "external" holds, so that two
    lists of one program know the same people; "" where only that list knows them. In an address
    `book` stand people whom we know: they are owed nothing until something happens."""

    name: str
    what: str
    must: str
    fields: str = ""
    strips: tuple[str, ...] = ()
    ids: str = ""
    book: bool = False

    def fits(self, headers: frozenset[str]) -> bool:
        return all(one.replace(" ", "") in headers for one in self.must.split("|"))

    def known(self, headers: tuple[str, ...]) -> Mapping[str, str]:
        """Its own columns; prefixes such as “Person - ” say whose column it is and nothing else."""
        pairs = (pair.split("=") for pair in self.fields.split("|") if pair)
        own = {word.replace(" ", ""): field for word, field in pairs}
        for header in headers:
            word = plain(header)
            for prefix in self.strips:
                if word.startswith(prefix) and squeezed(header) not in own:
                    own[squeezed(header)] = meanings((word.removeprefix(prefix),))[0]
        return own
