"""Which file, which heading is which column, and the last word before it goes in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.batches.imports import Importer
from linli.batches.models import Batch

ACCEPT = ".xlsx,.xls,.ods,.csv"


class UploadForm(forms.Form):
    """A table, and where its headings stand if they are not found."""

    file = forms.FileField(
        label=_("选表格文件"),
        help_text=_("Excel（.xlsx、.xls）、ods 或 CSV，最大 20 MB、20 万行。上传后先给您看一遍，确认了才录入。"),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    line = forms.IntegerField(
        label=_("列名在第几行"), help_text=_("不填就自动找。列名占两行的，填下面那一行。"), required=False, min_value=1
    )


class MappingForm(forms.Form):
    """A colleague's mapping."""

    file = forms.FileField(label=_("同事给的对应文件"), widget=forms.FileInput(attrs={"accept": ".json"}))


class ColumnsForm(forms.Form):
    """For each of the file's columns which one of ours it is, the importer's ticks, and a name to keep it under."""

    def __init__(self, *args: Any, batch: Batch, importer: Importer, samples: Mapping[str, list[str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.headings, self.options = batch.headings, importer.options
        said = [(column.name, _("%(words)s（要有）") % {"words": column.words} if column.is_required else column.words)
                for column in importer.columns]  # fmt: skip
        ours = {heading: column for column, heading in batch.mapping.items()}
        for at, heading in enumerate(self.headings):
            self.fields[f"heading_{at}"] = forms.ChoiceField(
                label=heading,
                choices=[("", _("不用这一列")), *said],
                required=False,
                initial=ours.get(heading, ""),
                help_text="、".join(samples.get(heading, ())),
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

    def clean(self) -> dict[str, Any]:
        """Two of the file's columns cannot be the same one of ours."""
        found = super().clean() or {}
        seen: set[str] = set()
        for at in range(len(self.headings)):
            column = found.get(f"heading_{at}", "")
            if column and column in seen:
                self.add_error(f"heading_{at}", _("已经有一列指成这个了，只留一列。"))
            seen.add(column)
        return found

    def mapping(self) -> dict[str, str]:
        """Column -> heading."""
        said = {self.cleaned_data[f"heading_{at}"]: heading for at, heading in enumerate(self.headings)}
        return {column: heading for column, heading in said.items() if column}

    @property
    def pointed(self) -> list[Any]:
        """The fields of the file's columns."""
        return [self[f"heading_{at}"] for at in range(len(self.headings))]

    @property
    def others(self) -> list[Any]:
        """The other fields that are to be seen."""
        return [field for field in self.visible_fields() if not field.name.startswith("heading_")]

    def ticks(self) -> dict[str, Any]:
        """Option -> whether it is ticked, or what stands in it; and the mapping these columns came from."""
        ticks = {option.name: self.cleaned_data[f"option_{option.name}"] for option in self.options}
        return ticks | {"mapping": self.cleaned_data["mapping"] or self.cleaned_data["save_as"]}


class ConfirmForm(forms.Form):
    """Whether rows with faults may be left out."""

    without_bad = forms.BooleanField(label=_("先录没问题的行，有问题的行我改好再传"), required=False)
