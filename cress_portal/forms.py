"""What is asked on the pages that join subjects."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from territories.logos import ACCEPTED, redrawn
from ui.forms import form_helper


class LogoField(forms.FileField):
    """A picture to be shown as a logo; it is drawn again, and given as bytes.

    Raises:
        ValidationError: it is no such picture, or too large, too small, blank.
    """

    def to_python(self, data: UploadedFile | None) -> Any:
        file = super().to_python(data)
        return redrawn(file) if file else None


class LogoForm(forms.Form):
    """The logo of a collectivité."""

    logo = LogoField(
        label="Image",
        help_text=f"{ACCEPTED}, 5 Mo au plus. Elle est posée sur du blanc, ses marges coupées.",
        widget=forms.FileInput({"accept": ".png,.jpg,.jpeg,.webp"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()
