"""How much of an upload is taken from the network at all."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler

__all__ = ["LimitHandler"]


class LimitHandler(FileUploadHandler):
    """Stops keeping a file once it is past the limit. It stands before Django's own handlers, which then see a file a
    little larger than the limit; the gate refuses that with its sentence, and no disk is filled by one request."""

    def new_file(self, *arguments: Any, **details: Any) -> None:
        super().new_file(*arguments, **details)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self.seen > settings.FILE_LIMIT_BYTES:
            return None
        self.seen += len(raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
