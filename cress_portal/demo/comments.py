"""What the accounts of the demonstration say of a draft: fictional, as the accounts and the draft are."""

from cress_portal.demo.tables import Table
from people.models import User
from roadmaps.commenting import answer, close, comment
from roadmaps.models import Action, Comment, Content, Edition, Objective, Section

SHEETS: dict[str, type[Content]] = {
    Comment.Kind.SECTION: Section,
    Comment.Kind.OBJECTIVE: Objective,
    Comment.Kind.ACTION: Action,
}


def write_comment(table: Table, edition: Edition) -> None:
    """Say what a table says; ``about`` names a sheet by kind and uid, or a section by its kind."""
    author, text, about = table.take("author"), table.take("text"), table.take("about", "")
    kind, _, uid = about.partition("-")
    row = sheet_of(table, edition, kind, uid) if about else None
    said = comment(
        edition,
        account(table, "author", author),
        text,
        kind=kind or Comment.Kind.DOCUMENT,
        uid=row.uid if row else "",
        title=str(row or ""),
    )
    if reply := table.take("answer"):
        answer(said, account(table, "answered_by", table.take("answered_by")), reply, said.version)
    if closed_by := table.take("closed_by"):
        close(said, account(table, "closed_by", closed_by))
    table.nothing_left()


def sheet_of(table: Table, edition: Edition, kind: str, uid: str) -> Content:
    rows = SHEETS[kind]._default_manager.filter(edition=edition) if kind in SHEETS else None
    key = "kind" if kind == Comment.Kind.SECTION else "uid"
    found = rows.filter(**{key: uid}).first() if rows is not None else None
    return found or table.refuse("about", f"« {kind}-{uid} » n’est pas dans cette édition.")


def account(table: Table, key: str, email: str) -> User:
    found = User.objects.filter(email=email).first()
    return found or table.refuse(key, f"« {email} » n’a pas de compte.")
