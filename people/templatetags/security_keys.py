"""What a page needs to talk to a security key under our strict policy of scripts."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, json_script

register = template.Library()


@register.inclusion_tag("mfa/webauthn/_scripts.html", takes_context=True)
def security_key_scripts(context: Context, gesture: str, options: dict | None = None, **ids: str) -> dict[str, Any]:
    """Load django-allauth's scripts and tell them the gesture (its form in webauthn.js), its options and its elements.

    The last script is data that onload.js reads, and never runs; the nonce keeps the page free of any bare script.
    """
    data = {"ids": ids} | ({"data": options} if options else {})
    opening = format_html(
        '<script nonce="{}" data-allauth-onload="allauth.webauthn.forms.{}"', context["request"].csp_nonce, gesture
    )
    return {"data": json_script(data).replace("<script", opening, 1)}
