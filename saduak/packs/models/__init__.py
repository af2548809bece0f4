"""Packs as they were published, and workbooks that may become one."""

from saduak.packs.models.bringing import PackDraft
from saduak.packs.models.published import Kind, PublishedPack

__all__ = ["Kind", "PackDraft", "PublishedPack"]
