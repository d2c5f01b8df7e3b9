"""The law of instances: who reads the register, who follows it from within, who keeps it.

| act                               | everyone          | member of a collectivité | CRESS, Lecture | CRESS, Rédaction |
|-----------------------------------|-------------------|--------------------------|----------------|------------------|
| read a public body and its seats  | yes               | yes                      | yes            | yes              |
| read a body that is not public    | no (404)          | no (404)                 | yes            | yes              |
| follow: board, notes, reports back| no                | no (403)                 | yes            | yes              |
| write: bodies, mandates, meetings | no                | no (403)                 | no (403)       | yes              |
| read who changed what             | no                | no (403)                 | no (403)       | yes              |

What a representative reports back, and internal notes, never leave the pages of those who follow.
The rule on one body has its filter beside it (``Instance.objects.visible_to``); a test holds the two together.
"""

from typing import TYPE_CHECKING, Any

import rules

from people.rights import Role, rights_of

if TYPE_CHECKING:
    from instances.models import Instance


@rules.predicate
def may_follow(user: Any) -> bool:
    """The CRESS team reads all that is known of the bodies."""
    return rights_of(user).team_at_least(Role.READER)


@rules.predicate
def may_write(user: Any) -> bool:
    """Who writes in the CRESS team keeps the register."""
    return rights_of(user).team_at_least(Role.EDITOR)


@rules.predicate
def may_read_instance(user: Any, instance: "Instance") -> bool:
    """Public: everyone. Otherwise: the CRESS team."""
    return instance.is_public or may_follow(user)


rules.add_rule("instances.read", may_read_instance)
rules.add_rule("instances.follow", may_follow)
rules.add_rule("instances.write", may_write)
