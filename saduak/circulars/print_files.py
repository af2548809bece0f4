"""The files of a print run: letters set a hundred at a time, kept as parts, put together at the end."""

import re
import zipfile
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.files.base import ContentFile, File

from saduak.circulars import printing
from saduak.circulars.models import Circular, PrintForm, PrintRun
from saduak.documents import batches
from saduak.files.models import blobs
from saduak.people.models import Organisation

# Letters in one joined PDF: more become several PDFs in a ZIP, which printers and people can still hold.
MOST_JOINED = 1000
_UNSAFE = re.compile(r"[^\w\u0e00-\u0e7f ()-]+")


def set_part(run: PrintRun) -> tuple[str, list[int]]:
    """Set the next letters and keep them; returns the part's name and the page on which each letter begins.

    Raises what the typesetter raises. A part that the run does not come to know of is cleared away with the run.
    """
    circular = Circular.objects.select_related("sender", "link").prefetch_related("actions").get(pk=run.circular_id)
    wanted = circular.addressee_ids[: run.total]
    first = printing.letter_data(circular, Organisation.objects.get(pk=wanted[run.done]))
    chosen = wanted[run.done : run.done + batches.how_many(first)]
    offices = Organisation.objects.in_bulk(chosen)
    letters = [printing.letter_data(circular, offices[pk]) for pk in chosen]
    batch = batches.set_letters(
        printing.template(circular), letters, images=printing.emblem(printing.head_of(circular))
    )
    name = blobs().save(f"{run.folder}/{run.done:06d}.pdf", ContentFile(batch.pdf))
    return name, list(batch.starts)


def put_together(run: PrintRun) -> tuple[str, int]:
    """All letters as the run wants them; returns the name of the file and its size."""
    with TemporaryFile() as whole:
        if run.form == PrintForm.ZIP:
            _one_by_one(run, whole)
            ending = "zip"
        elif run.total <= MOST_JOINED:
            whole.write(_joined(run, list(_parts(run))))
            ending = "pdf"
        else:
            _in_volumes(run, whole)
            ending = "zip"
        size = whole.tell()
        whole.seek(0)
        return blobs().save(f"{run.folder}/letters.{ending}", File(whole)), size


def throw_away(run: PrintRun) -> None:
    """Delete all files of the run, also those that an interruption left."""
    storage = blobs()
    try:
        _folders, names = storage.listdir(run.folder)
    except FileNotFoundError:
        return
    for name in names:
        storage.delete(f"{run.folder}/{name}")


def _one_by_one(run: PrintRun, whole: IO[bytes]) -> None:
    ids = Circular.objects.values_list("addressee_ids", flat=True).get(pk=run.circular_id)[: run.total]
    number = 0
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for batch in _parts(run):
            names = _names(ids[number : number + len(batch.starts)])
            for name, letter in zip(names, batches.split(batch), strict=True):
                number += 1
                archive.writestr(f"{number:04d} {name}.pdf", letter)


def _in_volumes(run: PrintRun, whole: IO[bytes]) -> None:
    volume: list[batches.Batch] = []
    done = 0
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for place, batch in enumerate(_parts(run), 1):
            volume.append(batch)
            many = sum(len(one.starts) for one in volume)
            if many >= MOST_JOINED or place == len(run.parts):
                archive.writestr(f"{done + 1:04d}-{done + many:04d}.pdf", _joined(run, volume))
                done, volume = done + many, []


def _joined(run: PrintRun, parts: list[batches.Batch]) -> bytes:
    return batches.join(iter(parts), duplex=run.form == PrintForm.DUPLEX)


def _parts(run: PrintRun) -> Iterator[batches.Batch]:
    for name, starts in run.parts:
        with blobs().open(name) as part:
            yield batches.Batch(part.read(), tuple(starts))


def _names(pks: list[int]) -> list[str]:
    """What the files of these offices are called: their Thai names, without what a file name cannot bear."""
    offices: dict[int, Any] = dict(Organisation.objects.filter(pk__in=pks).values_list("pk", "name_th"))
    return [_UNSAFE.sub(" ", offices[pk]).strip()[:80] for pk in pks]
