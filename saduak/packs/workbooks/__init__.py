"""A standard as a workbook, for people who do not write YAML: ``write`` and ``read`` are each other's inverse."""

from saduak.packs.workbooks.reading import Brought, read
from saduak.packs.workbooks.writing import write

__all__ = ["Brought", "read", "write"]
