"""Who is answered what, at every address of the portal: the law as a visitor meets it.

Each row reads: name of the address, what GET answers to each role, what POST answers to each, and where the
arguments of the address come from in the world (`world.py`). "login" leads to the sign-in page; any other
redirection says that the gesture was done. The roles stand in the order of `world.ROLES`.
"""

# fmt: off
#                             GET                                     POST
#    anonymous, reader of A, contributor of A, contributor of B, CRESS editor, CRESS manager
TABLE: dict[str, tuple[str, str, dict[str, str]]] = {
    "health":                 ("200 200 200 200 200 200",             "405 405 405 405 405 405", {}),
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
