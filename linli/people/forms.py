"""What people write about themselves and others."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.people import rules
from linli.people.models import Person
from linli.people.rules import PersonDraft
from linli.ui.forms import Day, ManyTiles, PhotosField, Tiles, offer

LANGUAGES = tuple(rules.LANGUAGE_NAMES.items())


class PersonForm(forms.Form):
    """Name and contact data."""

    display_name = forms.CharField(label=_("姓名"), max_length=120, help_text=_("平时怎么称呼就怎么写，任何文字都行。"))
    name_bo = forms.CharField(label=_("藏文姓名"), max_length=120, required=False)
    phone = forms.CharField(
        label=_("电话"),
        max_length=24,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "class": "short"}),
    )
    email = forms.CharField(
        label=_("邮箱"), max_length=120, required=False, widget=forms.TextInput(attrs={"type": "email"})
    )
    language = forms.ChoiceField(label=_("看哪种文字"), choices=LANGUAGES, widget=Tiles, initial="zh-hans")

    def draft(self) -> PersonDraft:
        """What was typed, as a draft."""
        return PersonDraft(**self.cleaned_data)


class AddForm(PersonForm):
    """Somebody new, with the home they name."""

    home = forms.CharField(
        label=_("住处"),
        max_length=120,
        required=False,
        help_text=_("写到户，如“雪莲苑 2号楼东单元401”。本人说了才写。"),
    )
    tie = forms.ChoiceField(label=_("在那里是"), choices=tuple(rules.TIE_KINDS.items()), widget=Tiles, initial="owner")

    def draft(self) -> PersonDraft:
        """What was typed, as a draft; the home apart."""
        return PersonDraft(**{name: self.cleaned_data[name] for name in PersonForm.base_fields})


class OwnForm(PersonForm):
    """One's own data, filled with what is there."""

    def __init__(self, person: Person, data: Any = None) -> None:
        super().__init__(data, initial={name: getattr(person, name) for name in PersonForm.base_fields})


class PreferencesForm(forms.Form):
    """How one wants to be reached."""

    language = forms.ChoiceField(label=_("看哪种文字"), choices=LANGUAGES, widget=Tiles)
    wants_large = forms.BooleanField(label=_("用大字"), required=False)
    channels = forms.MultipleChoiceField(
        label=_("除了这里的消息，还可以怎么告诉您"),
        choices=tuple(rules.CHANNELS.items()),
        widget=ManyTiles,
        required=False,
        help_text=_("都不选也行：消息总会留在您的页面里。"),
    )
    quiet_from = forms.TimeField(
        label=_("从几点起别打扰"), required=False, widget=forms.TimeInput(attrs={"type": "time", "class": "short"})
    )
    quiet_to = forms.TimeField(
        label=_("到几点为止"), required=False, widget=forms.TimeInput(attrs={"type": "time", "class": "short"})
    )


class ContactForm(forms.Form):
    """Why somebody's number is needed."""

    purpose = forms.ChoiceField(label=_("为什么要看"), choices=tuple(rules.PURPOSES.items()), widget=Tiles)


class ConsentForm(forms.Form):
    """One question, one tick, nothing ticked beforehand."""

    agree = forms.BooleanField(label=_("我看明白了，同意"))


class LeaveForm(forms.Form):
    """A tick before everything goes."""

    sure = forms.BooleanField(label=_("我要注销，删掉我的资料"))


class AppointForm(forms.Form):
    """A post for a person."""

    post = forms.ChoiceField(label=_("岗位"))
    body = forms.ChoiceField(label=_("单位"), required=False)
    place = forms.CharField(
        label=_("范围"), required=False, help_text=_("写地方的名称或编码，如“雪莲苑 2号楼”。空着就是单位的范围。")
    )
    from_on = forms.DateField(label=_("哪天开始"), widget=Day, required=False)
    to_on = forms.DateField(label=_("哪天结束"), widget=Day, required=False)

    def __init__(self, posts: Any, bodies: Any, data: Any = None) -> None:
        super().__init__(data)
        self.fields["post"] = forms.ChoiceField(label=_("岗位"), choices=posts)
        self.fields["body"] = forms.ChoiceField(
            label=_("单位"), choices=[("", _("不属于单位")), *bodies], required=False
        )


class EndForm(forms.Form):
    """The last day of a post."""

    on = forms.DateField(label=_("最后一天"), widget=Day)


class BodyForm(forms.Form):
    """A body."""

    name = forms.CharField(label=_("名称"), max_length=80)
    name_bo = forms.CharField(label=_("藏文名称"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("类别"), choices=tuple(rules.BODY_KINDS.items()))
    place = forms.CharField(
        label=_("负责的地方"), required=False, help_text=_("写地方的名称或编码，如“雪莲苑”。只有管理员可以空着。")
    )
    parent = forms.ChoiceField(label=_("上级单位"), required=False)
    phone = forms.CharField(label=_("工作电话（公开）"), max_length=24, required=False)
    aliases = forms.CharField(
        label=_("别的叫法"), required=False, help_text=_("别的表里怎么称呼它，用逗号隔开。"), max_length=400
    )

    def __init__(self, *args: Any, parents: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "parent", choices=[("", _("没有上级")), *parents])


class WitnessedForm(forms.Form):
    """A yes that a clerk writes down: who said it, before whom, in which language the text was read out."""

    given_by = forms.ChoiceField(
        label=_("谁同意的"), choices=(("self", _("本人")), ("guardian", _("监护人"))), widget=Tiles, initial="self"
    )
    witness = forms.CharField(label=_("见证人"), max_length=60, help_text=_("在场的另一个人，写姓名。"))
    language = forms.ChoiceField(label=_("用哪种话念的"), choices=LANGUAGES, widget=Tiles)
    agree = forms.BooleanField(label=_("上面的话我一句一句念给本人听了，本人说同意"))


class CommunityForm(forms.Form):
    """A form about one of the communities that somebody answers for; asked only where there are several."""

    def __init__(self, communities: Any, data: Any = None, *, may_all: bool = False, **more: Any) -> None:
        super().__init__(data, **more)
        self.known = {place.code: place for place in communities}
        choices = [(code, place.label) for code, place in self.known.items()]
        if may_all:
            choices.append(("", _("整个系统")))
        self.only = None if may_all or len(choices) != 1 else choices[0][0]
        if self.only is None:
            self.fields["community"] = forms.ChoiceField(label=_("哪个社区"), choices=choices, required=not may_all)

    @property
    def community(self) -> Any:
        """The community chosen, or the only one; None for the whole installation."""
        return self.known.get(self.only or self.cleaned_data.get("community", ""))

    def words(self) -> dict[str, Any]:
        """What was typed, without the community."""
        return {name: value for name, value in self.cleaned_data.items() if name != "community"}


def _long(label: Any, help_text: Any = "", length: int = 400) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, help_text=help_text, widget=forms.Textarea(attrs={"rows": 2})
    )


class ProcessorForm(CommunityForm):
    """Somebody whom data is entrusted to (PIPL 21)."""

    party = forms.CharField(label=_("委托给谁"), max_length=120, help_text=_("单位全称，如短信公司、云服务商。"))
    purpose = _long(_("为了什么"))
    kinds = _long(_("给他们哪些信息"), _("如：手机号、短信内容。"))
    way = _long(_("怎么处理"), _("如：只转发，不保存。"))
    measures = _long(_("怎么保护"))
    duties = _long(_("双方的责任"), _("合同编号也写在这里。"))
    may_pass_on = forms.BooleanField(label=_("合同允许他们再转给别家"), required=False)
    from_on = forms.DateField(label=_("哪天开始"), widget=Day)
    to_on = forms.DateField(label=_("哪天到期"), widget=Day)


class EndProcessorForm(forms.Form):
    """The end of an entrusting, with proof."""

    on = forms.DateField(label=_("哪天结束"), widget=Day)
    proof = _long(_("怎么证明资料退回或删除了"), _("如：删除证明的编号、日期。"))


class DemandForm(CommunityForm):
    """What an authority's paper says."""

    authority = forms.CharField(label=_("哪个机关"), max_length=120)
    paper_no = forms.CharField(label=_("法律文书编号"), max_length=80, help_text=_("没有文书的，不登记，也不提供。"))
    scope = _long(_("要哪些信息、什么时间段"), length=1000)
    asked_on = forms.DateField(label=_("哪天来的"), widget=Day)
    person = forms.CharField(
        label=_("是谁的信息"),
        max_length=32,
        required=False,
        help_text=_("在“人”那一页找到本人，抄网址里的编号。不针对一个人就空着。"),
    )


class DemandWordsForm(forms.Form):
    """What was given, or why nothing was."""

    words = _long(_("给了什么，或为什么不给"), length=1000)


class ToldForm(forms.Form):
    """That the person was told, or which law forbids it."""

    on = forms.DateField(label=_("哪天告诉本人的"), widget=Day, required=False)
    reason = forms.CharField(label=_("不能告诉的，写依据哪条法律"), max_length=400, required=False)


class ShiftForm(forms.Form):
    """A turn on duty."""

    person = forms.ChoiceField(label=_("谁值班"))
    stand_in = forms.ChoiceField(label=_("谁替班"), required=False)
    from_on = forms.DateField(label=_("从哪天"), widget=Day)
    to_on = forms.DateField(label=_("到哪天"), widget=Day, help_text=_("这一天也算在内。"))
    phone = forms.CharField(
        label=_("值班电话"),
        max_length=24,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "class": "short"}),
        help_text=_("写办公室的值班手机或座机，居民看得到；不要写个人号码。"),
    )

    def __init__(self, people: list[tuple[str, str]], data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        offer(self, "person", choices=people)
        offer(self, "stand_in", choices=[("", _("没有人替班")), *people])


class BadgeForm(forms.Form):
    """Until when a badge is valid, and the photo."""

    valid_to = forms.DateField(label=_("有效到"), widget=Day)
    photo = PhotosField(label=_("正面照"), required=False, most=1)


class CallForm(CommunityForm):
    """A call for captains."""

    title = forms.CharField(label=_("标题"), max_length=80, initial=_("招募红色楼栋长"))
    words = _long(_("做什么、任期多久、怎么选"), length=2000)
    wanted = forms.IntegerField(label=_("招几个人"), min_value=1, max_value=300)
    until_on = forms.DateField(label=_("报名到哪天"), widget=Day)


class ApplyForm(forms.Form):
    """An application: a name, a telephone, a building, a few words."""

    name = forms.CharField(label=_("怎么称呼您"), max_length=60)
    phone = forms.CharField(
        label=_("电话"), max_length=24, widget=forms.TextInput(attrs={"type": "tel", "class": "short"})
    )
    building = forms.ChoiceField(label=_("想当哪一栋的楼长"))
    words = forms.CharField(
        label=_("想说的话"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, buildings: list[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data)
        offer(self, "building", choices=buildings)


class TermForm(forms.Form):
    """The last day of a term; none means open-ended."""

    to_on = forms.DateField(required=False)
