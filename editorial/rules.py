"""The law of the policy pages and of the positions: who may read, write and publish.

| act                       | nobody signed in | other member | CRESS reader | CRESS editor | CRESS manager |
|---------------------------|------------------|--------------|--------------|--------------|---------------|
| read what is published    | yes              | yes          | yes          | yes          | yes           |
| read drafts               | no               | no (403)     | yes          | yes          | yes           |
| write, read the history   | no               | no (403)     | no (403)     | yes          | yes           |
| place, if it is offline   | no               | no (403)     | no (403)     | yes          | yes           |
| place, if it is online    | no               | no (403)     | no (403)     | no (403)     | yes           |
| publish, withdraw, delete | no               | no (403)     | no (403)     | no (403)     | yes           |
| messages of visitors      | no               | no (403)     | no (403)     | yes          | yes           |

A position has no place but its address, which is part of its text. To place a page is to choose its address, the page
above it and its rank. Everyone reads at once where a page stands: as soon as it is online, whoever publishes decides on
it. A page is online only if the page above it is.
"""

from typing import TYPE_CHECKING, Any

import rules

from people.rights import Role, rights_of

if TYPE_CHECKING:
    from editorial.models import Page


@rules.predicate
def may_read_drafts(user: Any) -> bool:
    """Pages and positions are the CRESS’s own: its team reads all that it prepares, and nobody else does."""
    return rights_of(user).team_at_least(Role.READER)


@rules.predicate
def may_write(user: Any) -> bool:
    """Whoever writes roadmaps writes pages and positions."""
    return rights_of(user).team_at_least(Role.EDITOR)


@rules.predicate
def may_publish(user: Any) -> bool:
    """What the CRESS says in public is decided by a manager."""
    return rights_of(user).team_at_least(Role.MANAGER)


@rules.predicate
def may_place(user: Any, page: "Page") -> bool:
    """Where a page stands is public at once where it is online: publishers change it."""
    return may_publish(user) or (may_write(user) and not page.is_published)


@rules.predicate
def may_answer_messages(user: Any) -> bool:
    """What visitors write carries their name and address: whoever may answer reads it, and nobody else."""
    return rights_of(user).team_at_least(Role.EDITOR)


rules.add_rule("editorial.answer_messages", may_answer_messages)
rules.add_rule("editorial.read_drafts", may_read_drafts)
rules.add_rule("editorial.write", may_write)
rules.add_rule("editorial.place", may_place)
rules.add_rule("editorial.publish", may_publish)
