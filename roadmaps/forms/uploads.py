"""Files that a writer joins: documents and pictures only, known by their content as well as by their name."""

import zipfile
from collections.abc import Collection
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
OFFICE = b"PK\x03\x04"
SIGNATURES = {
    ".pdf": b"%PDF-",
    ".docx": OFFICE,
    ".xlsx": OFFICE,
    ".odt": OFFICE,
    ".ods": OFFICE,
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
}
# What a zipped office document holds, by which one is told from another and from a mere archive.
MEMBERS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".odt": "content.xml", ".ods": "content.xml"}
ACCEPTED = "PDF, DOCX, ODT, ODS, XLSX, PNG ou JPEG"
UNREADABLE = "Ce fichier n’est pas lisible comme {} : enregistrez-le dans ce format."
HELP = "{}, 20 Mo au plus."


class UploadWidget(forms.ClearableFileInput):
    """The file kept now by its name, a box to remove it, and a plain file input."""

    clear_checkbox_label = "Retirer ce fichier"

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        return render_to_string(
            "roadmaps/workspace/_upload.html", context | {"attributes": flatatt(context["widget"]["attrs"])}
        )


class UploadField(forms.FileField):
    """A document or a picture of at most 20 MB.

    Raises:
        ValidationError: too large, or not what its name says.
    """

    widget = UploadWidget
    extensions: Collection[str] = SIGNATURES
    accepted = ACCEPTED

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": HELP.format(self.accepted)} | kwargs)
        self.widget.attrs["accept"] = ",".join(self.extensions)

    def to_python(self, data: UploadedFile | None) -> UploadedFile | None:
        file = super().to_python(data)
        if file and file.size > LARGEST:
            raise ValidationError("Ce fichier dépasse 20 Mo : allégez-le, ou joignez-le en plusieurs parties.")
        if file and not (extension_of(file) in self.extensions and is_what_it_says(file)):
            raise ValidationError(UNREADABLE.format(self.accepted))
        return file


class PdfField(UploadField):
    """A PDF of at most 20 MB."""

    extensions = (".pdf",)
    accepted = "PDF"


def extension_of(file: UploadedFile) -> str:
    return PurePath(file.name or "").suffix.lower()


def is_what_it_says(file: UploadedFile) -> bool:
    """Say whether the content of a file is of the accepted kind that its extension announces."""
    extension = extension_of(file)
    signature = SIGNATURES.get(extension)
    file.seek(0)
    starts_right = signature is not None and file.read(len(signature)) == signature
    holds_right = starts_right and (extension not in MEMBERS or MEMBERS[extension] in members_of(file))
    file.seek(0)
    return holds_right


def members_of(archive: UploadedFile) -> list[str]:
    try:
        return zipfile.ZipFile(archive).namelist()
    except zipfile.BadZipFile:
        return []
