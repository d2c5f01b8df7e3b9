"""The rules that read every page are read themselves: each one lets a good page through and names a fault."""

import pytest

from tests.html_rules import RULES, Page, faults

GOOD = """<!DOCTYPE html>
<html lang="fr">
<head><meta charset="utf-8"><title>Accueil – Portail</title>
<link rel="stylesheet" href="/static/css/portal.css"><link rel="canonical" href="https://portail.example/"></head>
<body>
<a href="#contenu">Aller au contenu</a>
<main id="contenu"><h1>Accueil</h1>
<img src="data:image/png;base64,AAAA" alt="">
<svg viewBox="0 0 9 9" aria-hidden="true"><path d="M0 0"/></svg>
<a href="https://ailleurs.example/">Un lien vers ailleurs</a>
<form><label for="nom">Nom</label><input id="nom"><button>Envoyer</button></form>
<table><caption>Budget</caption><tr><th scope="col">An</th></tr><tr><td>2026</td></tr></table>
</main>
<script src="/static/js/forms.js" defer></script><script nonce="n0nce">"nothing"</script>
</body></html>
"""

FAULTS = [
    ("parses", "<h1>Accueil</h1>", "<h1>Accueil</h1></p>"),
    ("has_one_h1", "<h1>Accueil</h1>", "<h1>Accueil</h1><h1>Encore</h1>"),
    ("skips_no_heading_level", "<h1>Accueil</h1>", "<h1>Accueil</h1><h3>Détail</h3>"),
    ("has_a_title", "Accueil – Portail", "Portail"),
    ("has_a_title", "<title>Accueil – Portail</title>", "<title> – Portail</title>"),
    ("is_in_french", '<html lang="fr">', "<html>"),
    ("repeats_no_id", "<button>", '<button id="nom">'),
    ("references_what_exists", '<a href="#contenu">', '<a href="#corps">'),
    ("references_what_exists", '<input id="nom">', '<input id="nom" aria-describedby="aide">'),
    ("labels_every_field", '<label for="nom">Nom</label>', '<label for="nom"></label>'),
    ("labels_every_field", '<input id="nom">', '<input id="nom"><select><option>Oui</option></select>'),
    ("names_every_link_and_button", "Un lien vers ailleurs", "<svg></svg>"),
    ("names_every_link_and_button", "<button>Envoyer", "<button> "),
    ("describes_every_image", ' alt=""', ""),
    ("describes_every_table", "<caption>Budget</caption>", ""),
    ("describes_every_table", ' scope="col"', ""),
    ("describes_every_table", '<th scope="col">An</th>', "<td>An</td>"),
    ("has_no_inline_style_or_handler", "<button>", '<button style="color:red">'),
    ("has_no_inline_style_or_handler", "<button>", '<button onclick="go()">'),
    ("runs_only_its_own_code", 'nonce="n0nce"', 'nonce="autre"'),
    ("runs_only_its_own_code", 'src="/static/js/forms.js" defer', ""),
    ("fetches_from_its_own_host", '"/static/css/portal.css"', '"//cdn.example/portal.css"'),
    ("fetches_from_its_own_host", 'src="data:image/png;base64,AAAA"', 'src="https://ailleurs.example/a.png"'),
    ("fetches_from_its_own_host", ' alt=""', ' alt="" srcset="/a.png 1x, https://ailleurs.example/b.png 2x"'),
    ("shows_no_programming", "Envoyer", "{{ label }}"),
    ("shows_no_programming", "2026", "None"),
    ("shows_no_programming", '<input id="nom">', '<input id="nom" value="None">'),
]  # fmt: skip


def test_a_good_page_has_no_fault():
    assert faults(Page(GOOD, "n0nce")) == []


@pytest.mark.parametrize(("rule", "good", "bad"), FAULTS)
def test_a_faulty_page_is_refused_by_its_rule_alone(rule, good, bad):
    assert good in GOOD
    found = faults(Page(GOOD.replace(good, bad, 1), "n0nce"))
    assert {fault.split(":")[0] for fault in found} == {rule}


def test_every_rule_is_tried():
    assert {rule for rule, _, _ in FAULTS} == {rule.__name__ for rule in RULES}
