"""What is written about the code is true of the code."""

import re

from django.apps import apps
from django.conf import settings

from cress_portal.demo.accounts import ACCOUNTS, PASSWORD

OURS = ("alerts", "editorial", "finding", "instances", "people", "publishing", "roadmaps", "territories", "ui")


def read(*path: str) -> str:
    return settings.BASE_DIR.joinpath(*path).read_text()


def test_every_variable_of_the_environment_is_documented():
    in_settings = re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', read("cress_portal", "settings.py"))
    rows = re.findall(r"^\| (`[A-Z_`, ]+) \|", read("docs", "deploying.md"), re.MULTILINE)
    assert set(re.findall(r"[A-Z_]+", " ".join(rows))) == set(in_settings)


def test_every_model_says_what_it_is_in_the_world():
    silent = [
        model.__name__
        for model in apps.get_models()
        if model._meta.app_label in OURS and model.__doc__.startswith(f"{model.__name__}(")  # Django’s own text
    ]
    assert silent == []


def test_the_accounts_of_the_demo_are_in_the_readme():
    readme = read("README.md")
    assert re.findall(r"^\| `(\S+@demo.test)`", readme, re.MULTILINE) == [account.email for account in ACCOUNTS]
    assert f"`{PASSWORD}`" in readme


def test_every_link_between_documents_leads_somewhere():
    documents = [settings.BASE_DIR / "README.md", *settings.BASE_DIR.glob("docs/**/*.md")]
    broken = [
        f"{document.name}: {link}"
        for document in documents
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text())
        if not (document.parent / link).exists()
    ]
    assert broken == []
