"""Where stylesheets, scripts and drawings are, by name."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Remembers addresses: a page of cards asks for thirty, and Django takes each apart and puts it together
    again, which is a twentieth of what the page takes. They change with the manifest alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._addresses: dict[str, str] = {}
        super().__init__(*args, **kwargs)

    def url(self, name: str, force: bool = False) -> str:
        if force:
            return super().url(name, force)  # ty: ignore
        address = self._addresses.get(name)
        if address is None:
            address = self._addresses[name] = super().url(name)
        return address

    def save_manifest(self) -> None:
        super().save_manifest()
        self._addresses.clear()
