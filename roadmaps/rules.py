"""The law of roadmaps: who may read, write and publish.

| act                     | nobody signed in | member of a carrier | CRESS reader | CRESS editor | CRESS manager |
|-------------------------|------------------|---------------------|--------------|--------------|---------------|
| read a published edition| yes              | yes                 | yes          | yes          | yes           |
| read a draft            | no (404)         | of that roadmap     | yes          | yes          | yes           |
| write a draft           | no               | no (403)            | no (403)     | yes          | yes           |
| describe the roadmap:   |                  |                     |              |              |               |
| never published         | no               | no (403)            | no (403)     | yes          | yes           |
| once published          | no               | no (403)            | no (403)     | no (403)     | yes           |
| publish, discard        | no               | no (403)            | no (403)     | no (403)     | yes           |
| report progress         | no               | Contribution and up | Contribution | yes          | yes           |
| read comments           | no (404)         | of that roadmap     | yes          | yes          | yes           |
| comment on a draft      | no (404)         | from Contribution   | Contribution | yes          | yes           |
| answer, close           | no (404)         | no (403)            | no (403)     | yes          | yes           |
| reopen                  | no (404)         | one's own           | one's own    | yes          | yes           |
| withdraw                | no (404)         | one's own           | one's own    | one's own    | one's own     |

To describe a roadmap is to say what it is through all its editions: title, ambition, carriers, neighbours. Everyone
reads it at once. Its actors and démarche are a living record: whoever writes drafts keeps them up to date.

Whoever carries a roadmap says how far it is: a contributor of one of its collectivités, or of the CRESS team. What is
said is public at once, but for its author and its météo.

Comments are between a collectivité and the CRESS: they stay theirs once the edition is published, and nobody else sees
that there are any. One's own comment is one's own only as long as one may comment.

Each rule about one object has a filter beside it on the QuerySet (``Edition.objects.visible_to``,
``Roadmap.objects.reported_by``); a test holds the two together for every role.
"""

from typing import TYPE_CHECKING, Any

import rules

from people.rights import Role, rights_of

if TYPE_CHECKING:
    from roadmaps.models import Comment, Edition, Roadmap


def reads_every_draft(user: Any) -> bool:
    """The CRESS team accompanies every collectivité: it reads all that is in preparation."""
    return rights_of(user).team_at_least(Role.READER)


def collectivites_read_in_draft(user: Any) -> set[int]:
    """The collectivités whose drafts a member may read: those of which he is a member."""
    return rights_of(user).collectivites_at_least(Role.READER)


@rules.predicate
def may_read_edition(user: Any, edition: "Edition") -> bool:
    """Published: everyone. In preparation: the CRESS team and the members of the collectivités that carry it."""
    return edition.is_published or holds_for(user, Role.READER, edition.roadmap)


def holds_for(user: Any, role: Role, roadmap: "Roadmap") -> bool:
    """Say whether a user holds a role, or a higher one, in the CRESS team or in a collectivité that carries it."""
    rights = rights_of(user)
    if rights.team_at_least(role):
        return True
    mine = rights.collectivites_at_least(role)
    return bool(mine) and any(carrier.pk in mine for carrier in roadmap.carriers)


@rules.predicate
def may_write(user: Any, roadmap: "Roadmap | None" = None) -> bool:
    """The CRESS writes, with its own method, for every collectivité."""
    return rights_of(user).team_at_least(Role.EDITOR)


@rules.predicate
def may_publish(user: Any, roadmap: "Roadmap | None" = None) -> bool:
    """What goes online in the name of a collectivité is decided by a manager of the CRESS."""
    return rights_of(user).team_at_least(Role.MANAGER)


@rules.predicate
def may_describe(user: Any, roadmap: "Roadmap") -> bool:
    """What a roadmap is called, and whose it is, is read at once where an edition is online: publishers change it."""
    return may_publish(user) or (may_write(user) and not roadmap.editions.published().exists())


def reports_on_every_roadmap(user: Any) -> bool:
    """The CRESS team keeps up to date what a collectivité cannot."""
    return rights_of(user).team_at_least(Role.CONTRIBUTOR)


def collectivites_reported_on(user: Any) -> set[int]:
    """The collectivités of whose roadmaps a member may say how far they are."""
    return rights_of(user).collectivites_at_least(Role.CONTRIBUTOR)


@rules.predicate
def may_report(user: Any, roadmap: "Roadmap") -> bool:
    """Those who carry a roadmap, and the CRESS, say how far its actions are."""
    if reports_on_every_roadmap(user):
        return True
    mine = collectivites_reported_on(user)
    return bool(mine) and any(carrier.pk in mine for carrier in roadmap.carriers)


@rules.predicate
def may_read_comments(user: Any, roadmap: "Roadmap") -> bool:
    """The CRESS team and the members of the collectivités that carry the roadmap, whatever the edition has become."""
    return holds_for(user, Role.READER, roadmap)


@rules.predicate
def may_comment(user: Any, roadmap: "Roadmap") -> bool:
    """Who reads the comments and may contribute."""
    return holds_for(user, Role.CONTRIBUTOR, roadmap)


@rules.predicate
def may_handle_comments(user: Any, comment: "Comment | None" = None) -> bool:
    """Whoever writes the draft answers what is said of it, and closes what is settled."""
    return may_write(user)


@rules.predicate
def may_reopen(user: Any, comment: "Comment") -> bool:
    """Its author, who is not of that opinion, or the CRESS, which closed it."""
    return may_handle_comments(user) or may_withdraw(user, comment)


@rules.predicate
def may_withdraw(user: Any, comment: "Comment") -> bool:
    """Its author alone: nobody unsays what another said."""
    return comment.author_id == user.pk and may_comment(user, comment.edition.roadmap)


rules.add_rule("roadmaps.read_edition", may_read_edition)
rules.add_rule("roadmaps.write", may_write)
rules.add_rule("roadmaps.describe", may_describe)
rules.add_rule("roadmaps.publish", may_publish)
rules.add_rule("roadmaps.report", may_report)
rules.add_rule("roadmaps.read_comments", may_read_comments)
rules.add_rule("roadmaps.comment", may_comment)
rules.add_rule("roadmaps.handle_comments", may_handle_comments)
rules.add_rule("roadmaps.reopen_comment", may_reopen)
rules.add_rule("roadmaps.withdraw_comment", may_withdraw)
