"""What a rule answers: proposed or not, with the steps that lead there, in words an official can check."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One step of the rule with its clause's code. `for_decision`: the rule does not settle this, a person must."""

    text: str
    clause: str
    for_decision: bool = False

    def as_row(self) -> dict[str, str | bool]:
        """JSON-ready, as a proposal stores it."""
        return {"text": self.text, "clause": self.clause, "for_decision": self.for_decision}


@dataclass(frozen=True)
class Finding:
    """A rule's answer for one platform. The last step of the path is the verdict."""

    code: str
    name: str
    proposed: bool
    path: tuple[Step, ...]

    @property
    def verdict(self) -> str:
        return self.path[-1].text
