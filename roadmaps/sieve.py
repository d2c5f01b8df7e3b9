"""What is asked for of an outline: the actions that lack something, one’s own sheets, those that a word names."""

from dataclasses import dataclass

from django.http import HttpRequest

from roadmaps.completeness import Branch, Leaf
from roadmaps.models import Content, Edition, Revision
from territories.names import fold

CHOICES = {
    "sans-horizon": "Sans horizon",
    "sans-pilote": "Sans pilote",
    "incomplet": "Incomplètes",
    "mes-fiches": "Mes fiches",
}
LACKING = {"sans-horizon": "horizon", "sans-pilote": "lead"}  # names of criteria
LONGEST = 100  # characters of what is looked for


@dataclass(frozen=True)
class Sieve:
    """Keeps the rows that are asked for, and the objectives that lead to them."""

    choice: str = ""
    words: str = ""
    mine: frozenset[str] = frozenset()  # uids of the sheets that the reader wrote last

    @classmethod
    def of(cls, request: HttpRequest, edition: Edition) -> "Sieve":
        """Read what an address asks for; what it asks for amiss is left aside."""
        choice = request.GET.get("voir", "")
        mine = written_last_by(request.user.pk, edition) if choice == "mes-fiches" else frozenset()
        words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
        return cls(choice if choice in CHOICES else "", words, mine)

    @property
    def is_set(self) -> bool:
        return bool(self.choice or self.words)

    def keeps(self, row: Content, title: str, leaf: Leaf | None = None) -> bool:
        """Say whether a row is asked for.

        Args:
            row: of the edition.
            title: as the outline shows it.
            leaf: what an action lacks; nothing else lacks anything.
        """
        folded = f" {fold(title)}"
        if not all(f" {word}" in folded for word in fold(self.words).split()):
            return False
        if self.choice in {"", "mes-fiches"}:
            return not self.choice or row.uid in self.mine
        lacking = {one.name for one in leaf.lacks} if leaf else set()
        return bool(lacking & {LACKING[self.choice]} if self.choice in LACKING else lacking)

    def keeps_branch(self, branch: Branch) -> bool:
        """Say whether an objective is asked for, or leads to what is."""
        return (
            self.keeps(branch.objective, str(branch.objective))
            or any(self.keeps(leaf.action, str(leaf.action), leaf) for leaf in branch.actions)
            or any(map(self.keeps_branch, branch.children))
        )


def written_last_by(user: int | None, edition: Edition) -> frozenset[str]:
    """Give the uids of the sheets of an edition whose last change is somebody’s."""
    changes = Revision.objects.filter(edition=edition).order_by("at", "pk").values_list("uid", "by")
    return frozenset(uid for uid, by in dict(changes).items() if by == user)
