"""Why: fact → rule → follow-up → fact, as sentences."""

from dataclasses import dataclass
from datetime import datetime

from followthrough.core.decide import NET, RULES
from followthrough.core.facts import unpack
from followthrough.ledger.books import family_of
from followthrough.ledger.models import Fact, FollowUp, Party

NET_PROMISE = "Nothing open is left without a next step."


@dataclass(frozen=True, kw_only=True)
class Explanation:
    because: list[tuple[datetime, str]]
    rule: str
    promise: str
    followup: str
    due: datetime
    settled: tuple[datetime, str] | None

    def __str__(self) -> str:
        lines = [f"{at:%Y-%m-%d %H:%M}  {said}" for at, said in self.because]
        lines += [
            f"  → {self.rule}: {self.promise}",
            f"  → {self.followup} (due {self.due:%Y-%m-%d %H:%M})",
        ]
        if self.settled:
            lines.append(f"  → {self.settled[0]:%Y-%m-%d %H:%M}  {self.settled[1]}")
        return "\n".join(lines)


def explain(followup: FollowUp) -> Explanation:
    names = {*followup.evidence, followup.because, followup.settled_by} - {""}
    said = _said(followup.party, names)
    rule = RULES.get(followup.rule)
    causes = [
        name for name in dict.fromkeys([*followup.evidence, followup.because]) if name in said
    ]
    return Explanation(
        because=sorted(said[name] for name in causes),
        rule=followup.rule,
        promise=rule.promise if rule else NET_PROMISE if followup.rule == NET else "",
        followup=f"{followup.what}: {followup.why}",
        due=followup.due,
        settled=said.get(followup.settled_by),
    )


def _said(party: Party, names: set[str]) -> dict[str, tuple[datetime, str]]:
    rows = Fact.objects.filter(party_id__in=family_of(party), name__in=names)
    return {row.name: (row.at, str(unpack(row.kind, {"at": row.at}, row.own))) for row in rows}
