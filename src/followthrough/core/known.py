"""What is known beside whose turn it is: what they allow, how we met, what speaks for a yes."""

from dataclasses import dataclass, field

from followthrough.core import facts
from followthrough.core.facts import Fact

# Deeds that show how willing they are, whatever anybody wrote down.
SIGNS: dict[type[Fact], str] = {
    facts.QuoteSent: "price",
    facts.TheyOrdered: "ordered",
    facts.Met: "met",
}


@dataclass(slots=True)
class Known:
    """Built by the fold of `History`. `consent` is the last word on each way, "*" on all of them;
    `learned` the last word on each part of a yes; `signs` the last deed of each kind, `lists` the
    last word on each list of ours."""

    consent: dict[str, Fact] = field(default_factory=dict)
    learned: dict[str, facts.Learned] = field(default_factory=dict)
    acquainted: facts.Acquainted | None = None
    signs: dict[str, Fact] = field(default_factory=dict)
    meetings: int = 0
    lists: dict[str, facts.JoinedList | facts.LeftList] = field(default_factory=dict)

    def see(self, fact: Fact) -> None:
        """A contact, in the order in which it happened."""
        sign = SIGNS.get(type(fact))
        if sign:
            self.signs[sign] = fact
            self.meetings += sign == "met"

    def said(self, fact: facts.OptedOut | facts.OptedIn) -> None:
        """A word on every way is the last word on each."""
        if "*" in fact.channels:
            self.consent.clear()
        self.consent |= dict.fromkeys(fact.channels, fact)

    def word_on(self, channel: str) -> Fact | None:
        """The last word on a way, its own or the one on all of them."""
        return self.consent.get(channel) or self.consent.get("*")

    def holds(self, part: str) -> facts.Learned | None:
        """What they told of a part, where it is so."""
        told = self.learned.get(part)
        return told if told and told.holds else None
