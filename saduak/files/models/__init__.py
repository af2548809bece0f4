"""What is kept of files."""

from saduak.files.models.incoming import Incoming
from saduak.files.models.stored import Kind, Scan, StoredFile, blobs, content_path

__all__ = ["Incoming", "Kind", "Scan", "StoredFile", "blobs", "content_path"]
