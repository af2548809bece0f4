"""The only place where documents read settings: where the typeface lies and which key signs."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

__all__ = ["SigningSettings", "fonts_folder", "signing_settings"]


@dataclass(frozen=True)
class SigningSettings:
    """Where the signing key is. Without `key` and `certificate`, the demonstration key in `folder` signs."""

    folder: Path
    key: Path | None = None
    certificate: Path | None = None
    password: str = ""


def fonts_folder() -> Path:
    """The folder with Sarabun as TTF. Raises ImproperlyConfigured with what to do when it is not there."""
    folder = Path(settings.NODE_MODULES) / "@expo-google-fonts" / "sarabun"
    if not next(folder.rglob("*.ttf"), None):
        raise ImproperlyConfigured(
            f"The typeface Sarabun is not in {folder}. Run “npm ci --ignore-scripts” in the project folder, "
            "or let SADUAK_NODE_MODULES name the folder node_modules."
        )
    return folder


def signing_settings() -> SigningSettings:
    """The signing settings of this instance. Raises ImproperlyConfigured when only half of a key is given."""
    key, certificate = settings.SIGNING_KEY, settings.SIGNING_CERT
    if bool(key) != bool(certificate):
        raise ImproperlyConfigured("Set SADUAK_SIGNING_KEY and SADUAK_SIGNING_CERT together, or neither.")
    return SigningSettings(
        folder=Path(settings.DATA) / "keys",
        key=Path(key) if key else None,
        certificate=Path(certificate) if certificate else None,
        password=settings.SIGNING_PASSWORD,
    )
