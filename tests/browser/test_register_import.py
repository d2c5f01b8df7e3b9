"""The register comes in from a file, in a browser on a small screen: refused, mended, previewed, confirmed."""

from pathlib import Path

from instances.models import Mandate
from people.models import Role
from tests.browser.conftest import axe
from tests.people.factories import team_member

TITLES = "Instance;Niveau;Nature;Siège;Personne;Début;Échéance\n"
WRONG = "CESER;Lunaire;Bureau;Siège;Ana Roy;2026;2025\n"
RIGHT = "CESER;Régional;Assemblée consultative;Siège;Ana Roy;2026;2029\n"


def sends(page, path: Path, text: str) -> list[str]:
    path.write_text(TITLES + text, encoding="utf-8")
    page.goto("/espace/instances/import/")
    page.set_input_files("input[type=file]", path)
    page.click("text=Voir ce que cela ferait")
    faults = axe(page)
    overflow = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    return [*faults, *([f"{overflow} px"] if overflow > 0 else [])]


def test_a_register_is_mended_then_imported(page, browse_as, tmp_path):
    browse_as(team_member(Role.EDITOR))
    page.set_viewport_size({"width": 320, "height": 800})
    assert sends(page, tmp_path / "registre.csv", WRONG) == []
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.click("text=Ligne 2")
    assert page.url.endswith("#ligne-2")
    assert sends(page, tmp_path / "registre.csv", RIGHT) == []
    page.click("text=Confirmer l’import")
    page.wait_for_url("**/espace/instances/")
    assert page.locator(".notice-success").inner_text().startswith("Registre importé")
    assert Mandate.objects.count() == 1
