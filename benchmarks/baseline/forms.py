from django import forms


class ItemForm(forms.Form):
    title = forms.CharField(max_length=120)
    words = forms.CharField(max_length=4000, widget=forms.Textarea)
    phone = forms.CharField(max_length=20, required=False)
    category = forms.ChoiceField(choices=[("light", "灯"), ("water", "水"), ("other", "别的")])


class StateForm(forms.Form):
    state = forms.ChoiceField(choices=[("NEW", "新"), ("TAKEN", "接了"), ("DONE", "好了")])
