"""Which file, which heading is which column, and the last word before it goes in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.batches.imports import Importer
from linli.batches.models import Batch

ACCEPT = ".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(forms.Form):
    """A table."""

    file = forms.FileField(
        label=_("选表格文件"),
        help_text=_("Excel（.xlsx）或 CSV，最大 20 MB、20 万行。上传后先给您看一遍，确认了才录入。"),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )


class ColumnsForm(forms.Form):
    """For each of our columns the file's heading, the importer's ticks, and a name to keep it under."""

    def __init__(self, *args: Any, batch: Batch, importer: Importer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns, self.options = importer.columns, importer.options
        choices = [("", _("（文件里没有）")), *((heading, heading) for heading in batch.headings)]
        for column in importer.columns:
            self.fields[f"column_{column.name}"] = forms.ChoiceField(
                label=column.words,
                choices=choices,
                required=column.is_required,
                initial=batch.mapping.get(column.name, ""),
            )
        for option in importer.options:
            kind = forms.CharField if option.is_text else forms.BooleanField
            self.fields[f"option_{option.name}"] = kind(
                label=option.words,
                help_text=option.help,
                required=False,
                initial=batch.options.get(option.name, "" if option.is_text else option.default),
            )
        self.fields["mapping"] = forms.CharField(
            required=False, max_length=60, initial=batch.options.get("mapping", ""), widget=forms.HiddenInput
        )
        self.fields["save_as"] = forms.CharField(label=_("给这套对应起个名，下次直接用"), required=False, max_length=60)

    def mapping(self) -> dict[str, str]:
        """Column -> heading."""
        return {column.name: self.cleaned_data[f"column_{column.name}"] for column in self.columns}

    def ticks(self) -> dict[str, Any]:
        """Option -> whether it is ticked, or what stands in it; and the mapping these columns came from."""
        ticks = {option.name: self.cleaned_data[f"option_{option.name}"] for option in self.options}
        return ticks | {"mapping": self.cleaned_data["mapping"] or self.cleaned_data["save_as"]}


class ConfirmForm(forms.Form):
    """Whether rows with faults may be left out."""

    without_bad = forms.BooleanField(label=_("先录没问题的行，有问题的行我改好再传"), required=False)
