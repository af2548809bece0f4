"""Parsing what people type about organisations and posts; nothing here writes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.people.models import Import, Kind
from saduak.people.roles import OFFICE_ROLES, Capacity, Role


class FindForm(forms.Form):
    q = forms.CharField(label=_("Name or code"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *Kind.choices])


class PostForm(forms.Form):
    """A new post at an organisation."""

    name_th = forms.CharField(
        label=_("Name of the person"), help_text=_("With title, as in official letters."), max_length=200
    )
    email = forms.EmailField(label=_("Official e-mail"), help_text=_("The person signs in with it."))
    role = forms.ChoiceField(label=_("Role"))
    subtree = forms.BooleanField(label=_("Also for every office below"), required=False)
    starts_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(
        label=_("Until (last day)"),
        help_text=_("Leave empty if not known."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    capacity = forms.ChoiceField(
        label=_("Acts for the head"),
        help_text=_("Only for the role “head of office” of somebody who is not the head; it needs a last day."),
        choices=[("", _("No, is the head, or has another role")), *Capacity.choices],
        required=False,
    )
    order_reference = forms.CharField(
        label=_("Number of the order"), help_text=_("For example: คำสั่งที่ 12/2565."), max_length=120, required=False
    )

    def __init__(self, *args: object, programme: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        shown = [role for role in Role if programme or role in OFFICE_ROLES]
        self.fields["role"].choices = [(role.value, role.label) for role in shown]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("ends_on") and data.get("starts_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The last day cannot be before the first."))
        return data


class EndPostForm(forms.Form):
    on = forms.DateField(label=_("Last day in the post"), widget=forms.DateInput(attrs={"type": "date"}))


class ImportForm(forms.Form):
    """A file of organisations, centres or people."""

    kind = forms.ChoiceField(label=_("What is in the file?"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("File"),
        help_text=_("A CSV or an .xlsx workbook, up to 10 MB. The first row holds the headings of the template."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        allow_empty_file=True,
    )

    def __init__(self, *args: object, kinds: list[Import.Kind], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
