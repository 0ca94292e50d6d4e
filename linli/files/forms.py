"""Pictures in a form, which stay with it while it goes to and fro: bytes on disk, named in a signed token, no rows.

The token names files by their content's hash and ends after some hours; it gives nobody a way to read one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core import signing

from linli.core.actor import Actor
from linli.core.errors import BadInput
from linli.files.actions import take_images
from linli.files.queries import path_of
from linli.files.rules import Clean
from linli.ui.forms import Photos, PhotosField

SALT = "linli.files.kept"
HOURS = 6


def token_of(files: Sequence[Clean]) -> str:
    """The hidden value that keeps these files with a form; "" for none."""
    named = [
        [one.kind, one.mime, one.sha256, one.name, one.thumb_sha256, one.width, one.height, one.seconds]
        for one in files
    ]
    return signing.dumps(named, salt=SALT, compress=True) if named else ""


def files_in(token: str) -> list[Clean]:
    """The files that a token keeps; none for a false or old one."""
    if not token:
        return []
    try:
        named = signing.loads(token, salt=SALT, max_age=HOURS * 3600)
        return [_file(*one) for one in named]
    except (signing.BadSignature, OSError):
        return []


def _file(kind: str, mime: str, sha256: str, name: str, thumb: str, *sizes: Any) -> Clean:
    thumbnail = path_of(thumb).read_bytes() if thumb else b""
    return Clean(kind, mime, path_of(sha256).read_bytes(), name, thumbnail, *sizes)


def without_doubles(files: Iterable[Clean]) -> list[Clean]:
    """Each file once: a browser with JavaScript sends again what the token keeps."""
    return list({one.sha256: one for one in files}.values())


class KeptPhotos(Photos):
    """The photo input, and below it what an earlier round of the form brought along."""

    template_name = "files/kept_photos.html"
    kept: Sequence[Clean] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The new files, and the token of the earlier ones."""
        return super().value_from_datadict(data, files, name), str(data.get(f"{name}_kept", ""))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the token."""
        context = super().get_context(name, None, attrs)
        return {**context, "token": token_of(self.kept), "count": len(self.kept)}


class KeptPhotosField(PhotosField):
    """Yields pictures that are already cleaned and on disk. The form names the ``actor`` whose pictures they are."""

    widget = KeptPhotos
    actor: Actor

    def clean(self, value: Any) -> Any:
        """The pictures of this round and of the earlier ones; those stay with the form whatever is wrong in it."""
        uploads, token = value
        self.widget.kept = files_in(token)
        if uploads or not self.widget.kept:
            uploads = super().clean(uploads)
        try:
            taken = take_images(actor=self.actor, uploads=uploads)
        except BadInput as refusal:
            raise forms.ValidationError(str(refusal.words)) from refusal
        self.widget.kept = without_doubles([*self.widget.kept, *taken])
        return list(self.widget.kept)


def of_actor(form: forms.BaseForm, actor: Actor) -> None:
    """Tells a form's picture fields whose pictures they take."""
    for field in form.fields.values():
        if isinstance(field, KeptPhotosField):
            field.actor = actor
