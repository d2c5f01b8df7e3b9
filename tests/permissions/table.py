"""Who is answered what, at every address of the portal: the law as a visitor meets it.

Each row reads: name of the address (and, in brackets, of which document), what GET answers to each role, what an
empty POST answers to each, and where the arguments of the address come from in the world (`world.py`). "login" leads to the sign-in page; any other
redirection says that the gesture was done. The roles stand in the order of `world.ROLES`.
"""

# fmt: off
#    anonymous, reader of A, contributor of A, contributor of B, CRESS editor, CRESS manager
TABLE: dict[str, tuple[str, str, dict[str, str]]] = {
    # Public pages
    "home":                       ("200   200   200   200   200   200",  "405   405   405   405   405   405",  {}),
    "roadmap-list":               ("200   200   200   200   200   200",  "405   405   405   405   405   405",  {}),
    "collectivite-list":          ("200   200   200   200   200   200",  "405   405   405   405   405   405",  {}),
    "collectivite-detail":        ("200   200   200   200   200   200",  "405   405   405   405   405   405",  {"slug": "a.slug"}),
    "health":                     ("200   200   200   200   200   200",  "405   405   405   405   405   405",  {}),
    "roadmap-detail":             ("200   200   200   200   200   200",  "405   405   405   405   405   405",  {"slug": "published.slug"}),
    "roadmap-pdf":                ("200   200   200   200   200   200",  "405   405   405   405   405   405",  {"slug": "published.slug"}),
    "edition-list":               ("200   200   200   200   200   200",  "405   405   405   405   405   405",  {"slug": "published.slug"}),
    "objective-detail":           ("200   200   200   200   200   200",  "405   405   405   405   405   405",  {"slug": "published.slug", "uid": "published.action.objective.uid"}),
    "action-detail":              ("200   200   200   200   200   200",  "405   405   405   405   405   405",  {"slug": "published.slug", "uid": "published.action.uid"}),
    "milestone-file":             ("200   200   200   200   200   200",  "405   405   405   405   405   405",  {"slug": "published.slug", "pk": "published.milestone.pk"}),
    "edition-detail":             ("200   200   200   200   200   200",  "405   405   405   405   405   405",  {"slug": "published.slug", "number": "published.edition.number"}),
    "edition-pdf":                ("200   200   200   200   200   200",  "405   405   405   405   405   405",  {"slug": "published.slug", "number": "published.edition.number"}),
    "edition-objective":          ("200   200   200   200   200   200",  "405   405   405   405   405   405",  {"slug": "published.slug", "uid": "published.action.objective.uid", "number": "published.edition.number"}),
    "edition-action":             ("200   200   200   200   200   200",  "405   405   405   405   405   405",  {"slug": "published.slug", "uid": "published.action.uid", "number": "published.edition.number"}),
    "annex-file":                 ("200   200   200   200   200   200",  "405   405   405   405   405   405",  {"slug": "published.slug", "uid": "published.annex.uid", "number": "published.edition.number"}),
    "deliberation-file":          ("200   200   200   200   200   200",  "405   405   405   405   405   405",  {"slug": "published.slug", "number": "published.edition.number"}),
    # The next edition of a published roadmap
    "edition-detail (next)":      ("404   200   200   404   200   200",  "405   405   405   405   405   405",  {"slug": "next.slug", "number": "next.edition.number"}),
    "edition-pdf (next)":         ("404   200   200   404   200   200",  "405   405   405   405   405   405",  {"slug": "next.slug", "number": "next.edition.number"}),
    "edition-objective (next)":   ("404   200   200   404   200   200",  "405   405   405   405   405   405",  {"slug": "next.slug", "uid": "next.action.objective.uid", "number": "next.edition.number"}),
    "edition-action (next)":      ("404   200   200   404   200   200",  "405   405   405   405   405   405",  {"slug": "next.slug", "uid": "next.action.uid", "number": "next.edition.number"}),
    "annex-file (next)":          ("404   200   200   404   200   200",  "405   405   405   405   405   405",  {"slug": "next.slug", "uid": "next.annex.uid", "number": "next.edition.number"}),
    "deliberation-file (next)":   ("404   200   200   404   200   200",  "405   405   405   405   405   405",  {"slug": "next.slug", "number": "next.edition.number"}),
    # A roadmap that was never published
    "roadmap-detail (hidden)":    ("404   200   200   404   200   200",  "405   405   405   405   405   405",  {"slug": "hidden.slug"}),
    "roadmap-pdf (hidden)":       ("404   200   200   404   200   200",  "405   405   405   405   405   405",  {"slug": "hidden.slug"}),
    "edition-list (hidden)":      ("404   200   200   404   200   200",  "405   405   405   405   405   405",  {"slug": "hidden.slug"}),
    "objective-detail (hidden)":  ("404   200   200   404   200   200",  "405   405   405   405   405   405",  {"slug": "hidden.slug", "uid": "hidden.action.objective.uid"}),
    "action-detail (hidden)":     ("404   200   200   404   200   200",  "405   405   405   405   405   405",  {"slug": "hidden.slug", "uid": "hidden.action.uid"}),
    "milestone-file (hidden)":    ("404   200   200   404   200   200",  "405   405   405   405   405   405",  {"slug": "hidden.slug", "pk": "hidden.milestone.pk"}),
    "edition-detail (hidden)":    ("404   200   200   404   200   200",  "405   405   405   405   405   405",  {"slug": "hidden.slug", "number": "hidden.edition.number"}),
    "edition-pdf (hidden)":       ("404   200   200   404   200   200",  "405   405   405   405   405   405",  {"slug": "hidden.slug", "number": "hidden.edition.number"}),
    "edition-objective (hidden)": ("404   200   200   404   200   200",  "405   405   405   405   405   405",  {"slug": "hidden.slug", "uid": "hidden.action.objective.uid", "number": "hidden.edition.number"}),
    "edition-action (hidden)":    ("404   200   200   404   200   200",  "405   405   405   405   405   405",  {"slug": "hidden.slug", "uid": "hidden.action.uid", "number": "hidden.edition.number"}),
    "annex-file (hidden)":        ("404   200   200   404   200   200",  "405   405   405   405   405   405",  {"slug": "hidden.slug", "uid": "hidden.annex.uid", "number": "hidden.edition.number"}),
    "deliberation-file (hidden)": ("404   200   200   404   200   200",  "405   405   405   405   405   405",  {"slug": "hidden.slug", "number": "hidden.edition.number"}),
    # The space: roadmaps that have a published edition
    "desk":                       ("login 200   200   200   200   200",  "login 405   405   405   405   405",  {}),
    "workspace-roadmap-list":     ("login 200   200   200   200   200",  "login 405   405   405   405   405",  {}),
    "roadmap-create":             ("login 403   403   403   200   200",  "login 403   403   403   200   200",  {}),
    "roadmap-edit":               ("login 403   403   403   200   200",  "login 405   405   405   405   405",  {"slug": "next.slug"}),
    "roadmap-identity":           ("login 403   403   403   403   200",  "login 403   403   403   403   409",  {"slug": "next.slug"}),
    "roadmap-actors":             ("login 403   403   403   200   200",  "login 403   403   403   409   409",  {"slug": "next.slug"}),
    "milestone-list":             ("login 403   403   403   200   200",  "login 405   405   405   405   405",  {"slug": "next.slug"}),
    "milestone-create":           ("login 403   403   403   200   200",  "login 403   403   403   422   422",  {"slug": "next.slug"}),
    "milestone-edit":             ("login 403   403   403   200   200",  "login 403   403   403   409   409",  {"slug": "next.slug", "pk": "next.milestone.pk"}),
    "milestone-delete":           ("login 403   403   403   200   200",  "login 403   403   403   409   409",  {"slug": "next.slug", "pk": "next.milestone.pk"}),
    "edition-open":               ("login 405   405   405   405   405",  "login 403   403   403   302   302",  {"slug": "next.slug"}),
    "edition-edit":               ("login 403   403   403   200   200",  "login 403   403   403   409   409",  {"slug": "next.slug", "number": "next.edition.number"}),
    "roadmap-publish":            ("login 403   403   403   403   200",  "login 403   403   403   403   409",  {"slug": "next.slug", "number": "next.edition.number"}),
    "edition-discard":            ("login 403   403   403   403   200",  "login 403   403   403   403   409",  {"slug": "next.slug", "number": "next.edition.number"}),
    "part-list":                  ("login 403   403   403   302   302",  "login 405   405   405   405   405",  {"slug": "next.slug", "part": "next.part", "number": "next.edition.number"}),
    "part-create":                ("login 403   403   403   200   200",  "login 403   403   403   422   422",  {"slug": "next.slug", "part": "next.part", "number": "next.edition.number"}),
    "part-edit":                  ("login 403   403   403   200   200",  "login 403   403   403   409   409",  {"slug": "next.slug", "part": "next.part", "uid": "next.action.objective.uid", "number": "next.edition.number"}),
    "part-delete":                ("login 403   403   403   200   200",  "login 403   403   403   409   409",  {"slug": "next.slug", "part": "next.part", "uid": "next.action.objective.uid", "number": "next.edition.number"}),
    "part-move":                  ("login 405   405   405   405   405",  "login 403   403   403   404   404",  {"slug": "next.slug", "part": "next.part", "uid": "next.action.objective.uid", "number": "next.edition.number"}),
    # The space: a roadmap that was never published
    "roadmap-edit (hidden)":      ("login 403   403   404   200   200",  "login 405   405   405   405   405",  {"slug": "hidden.slug"}),
    "roadmap-identity (hidden)":  ("login 403   403   404   200   200",  "login 403   403   404   409   409",  {"slug": "hidden.slug"}),
    "roadmap-actors (hidden)":    ("login 403   403   404   200   200",  "login 403   403   404   409   409",  {"slug": "hidden.slug"}),
    "milestone-list (hidden)":    ("login 403   403   404   200   200",  "login 405   405   405   405   405",  {"slug": "hidden.slug"}),
    "milestone-create (hidden)":  ("login 403   403   404   200   200",  "login 403   403   404   422   422",  {"slug": "hidden.slug"}),
    "milestone-edit (hidden)":    ("login 403   403   404   200   200",  "login 403   403   404   409   409",  {"slug": "hidden.slug", "pk": "hidden.milestone.pk"}),
    "milestone-delete (hidden)":  ("login 403   403   404   200   200",  "login 403   403   404   409   409",  {"slug": "hidden.slug", "pk": "hidden.milestone.pk"}),
    "edition-open (hidden)":      ("login 405   405   405   405   405",  "login 403   403   404   302   302",  {"slug": "hidden.slug"}),
    "edition-edit (hidden)":      ("login 403   403   404   200   200",  "login 403   403   404   409   409",  {"slug": "hidden.slug", "number": "hidden.edition.number"}),
    "roadmap-publish (hidden)":   ("login 403   403   404   403   200",  "login 403   403   404   403   409",  {"slug": "hidden.slug", "number": "hidden.edition.number"}),
    "edition-discard (hidden)":   ("login 403   403   404   403   200",  "login 403   403   404   403   409",  {"slug": "hidden.slug", "number": "hidden.edition.number"}),
    "part-list (hidden)":         ("login 403   403   404   302   302",  "login 405   405   405   405   405",  {"slug": "hidden.slug", "part": "hidden.part", "number": "hidden.edition.number"}),
    "part-create (hidden)":       ("login 403   403   404   200   200",  "login 403   403   404   422   422",  {"slug": "hidden.slug", "part": "hidden.part", "number": "hidden.edition.number"}),
    "part-edit (hidden)":         ("login 403   403   404   200   200",  "login 403   403   404   409   409",  {"slug": "hidden.slug", "part": "hidden.part", "uid": "hidden.action.objective.uid", "number": "hidden.edition.number"}),
    "part-delete (hidden)":       ("login 403   403   404   200   200",  "login 403   403   404   409   409",  {"slug": "hidden.slug", "part": "hidden.part", "uid": "hidden.action.objective.uid", "number": "hidden.edition.number"}),
    "part-move (hidden)":         ("login 405   405   405   405   405",  "login 403   403   404   404   404",  {"slug": "hidden.slug", "part": "hidden.part", "uid": "hidden.action.objective.uid", "number": "hidden.edition.number"}),
    # People
    "account":                    ("login 200   200   200   200   200",  "login 200   200   200   200   200",  {}),
    "invitation-accept":          ("200   200   200   200   200   200",  "200   200   200   200   200   200", {"token": "token"}),
    "user-list":                  ("login 403   403   403   403   200",  "login 403   403   403   403   200",  {}),
    "user-detail":                ("login 403   403   403   403   200",  "login 403   403   403   403   200",  {"pk": "reader.pk"}),
    "user-deactivate":            ("login 405   405   405   405   405",  "login 403   403   403   403   302",  {"pk": "reader.pk"}),
    "user-reactivate":            ("login 405   405   405   405   405",  "login 403   403   403   403   302",  {"pk": "reader.pk"}),
    "membership-edit":            ("login 403   403   403   403   200",  "login 403   403   403   403   200",  {"pk": "membership.pk"}),
    "membership-withdraw":        ("login 405   405   405   405   405",  "login 403   403   403   403   302",  {"pk": "membership.pk"}),
    "invitation-create":          ("login 403   403   403   403   200",  "login 403   403   403   403   200",  {}),
    "invitation-resend":          ("login 405   405   405   405   405",  "login 403   403   403   403   302",  {"pk": "invitation.pk"}),
    "invitation-revoke":          ("login 405   405   405   405   405",  "login 403   403   403   403   302",  {"pk": "invitation.pk"}),
    "organisation-list":          ("login 403   403   403   200   200",  "login 403   403   403   200   200",  {}),
    "organisation-create":        ("login 403   403   403   200   200",  "login 403   403   403   200   200",  {}),
    "organisation-edit":          ("login 403   403   403   200   200",  "login 403   403   403   200   200",  {"pk": "organisation.pk"}),
    # For those who write pages
    "component-gallery":          ("login 403   403   403   200   200",  "login 403   403   403   200   200", {}),
}
# fmt: on

# The pages of django-allauth, told by family: what GET answers to a visitor; all the others lead him to sign in.
FAMILIES = ("account_", "mfa_", "usersessions_")
SIGN_IN_PAGES = {
    "account_login": "200",
    "account_request_login_code": "200",
    "account_confirm_login_code": "login",
    "account_logout": "302",
    "account_signup": "200",
    "account_inactive": "200",
    "account_reset_password": "200",
    "account_complete_password_reset": "302",
    "account_password_reset_completed": "200",
    "mfa_authenticate": "login",
}
