"""A table of receipts on paper: for each silent office its day, who took the letter, and the office's number."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.circulars.commands.paper_receipts import ReceiptRow
from saduak.circulars.models import Delivery
from saduak.thai.text import sort_key
from saduak.web.form_fields import ThaiDateField


class Receipts(forms.Form):
    """Three fields a row; a row in which nothing is written is left out."""

    def __init__(self, deliveries: Iterable[Delivery], data: Any = None) -> None:
        super().__init__(data)
        self.deliveries = sorted(deliveries, key=lambda one: sort_key(one.organisation.name_th))
        for one in self.deliveries:
            name = one.organisation.name
            self._add("received_on", one, ThaiDateField(label=_("Day of receipt"), required=False, help_text=""), name)
            self._add("received_by", one, forms.CharField(label=_("Received by"), required=False, max_length=200), name)
            self._add("number", one, forms.CharField(label=_("Their number"), required=False, max_length=60), name)

    def _add(self, name: str, delivery: Delivery, field: forms.Field, office: str) -> None:
        # The column's heading and the office before it say what a field is; who hears it, or reads an error, gets both.
        field.label = f"{office}: {field.label}"
        self.fields[f"{name}_{delivery.code}"] = field

    def lines(self) -> Iterator[dict[str, Any]]:
        """The rows as the page shows them."""
        for one in self.deliveries:
            yield {"delivery": one} | {
                name: self[f"{name}_{one.code}"] for name in ("received_on", "received_by", "number")
            }

    def rows(self) -> list[ReceiptRow]:
        """What was written, as the command takes it."""
        return [
            ReceiptRow(
                one.code,
                on=self.cleaned_data.get(f"received_on_{one.code}"),
                who=self.cleaned_data.get(f"received_by_{one.code}", ""),
                number=self.cleaned_data.get(f"number_{one.code}", ""),
            )
            for one in self.deliveries
        ]
