"""Whatever is typed, sent or forged: refused in words or harmless, never a broken page."""

from __future__ import annotations

import itertools
import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from tests.robustness.walk import acts, visit
from tests.robustness.world import Address

pytestmark = pytest.mark.django_db
ELSEWHERE = ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "\\\\evil.example")
HOSTILE = {
    "html": "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "sql": "' OR 1=1; DROP TABLE matters_matter; --",
    "nul": "a\x00b",
    "control": "a\x01\x1b[2J\x7f\x85\r\n\r\nSet-Cookie: x=y",
    "bytes": b"\xff\xfe\xed\xa0\x80\xc0\xaf",
    "digits": "٣²④",
    "figures": "9" * 400,
    "date": "9999-99-99",
    "long": "长" * 10_000,
    "template": "{{ 7|add:7 }}{% debug %}%s%(x)s${7*7}",
    "bidi": "\u202eabc\u2066\u200f\ufeff\u200b",
    "negative": "-1",
    "float": "1e999999",
    "nan": "NaN",
    "path": "../../../../etc/passwd\x00.png",
    "late": "9999-12-31T23:59:59",
    "empty": "",
    "blank": " \u3000\u00a0 ",
    "json": '{"$ne": null}',
}
"""The first few are tried on every form in every run."""
FEW = 9


class Forms(HTMLParser):
    """The forms of a page: where each goes, and its fields with what they would send untouched."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[SimpleNamespace] = []
        self.form = self.select = None
        self.feed(page)

    def handle_starttag(self, tag, pairs):
        told = dict(pairs)
        if tag == "form":
            self.form = SimpleNamespace(
                action=told.get("action"), method=(told.get("method") or "get").lower(), fields={}, files=set()
            )
            self.found.append(self.form)
        if self.form is None:
            return
        name = told.get("name") or (self.select or "")
        if tag in {"input", "button", "textarea"} and name:
            if told.get("type") == "file":
                self.form.files.add(name)
            elif told.get("type") not in {"radio", "checkbox"} or "checked" in told or name not in self.form.fields:
                self.form.fields[name] = told.get("value") or ""
        if tag == "select":
            self.select = name
            self.form.fields[name] = ""
        if tag == "option" and self.select and (not self.form.fields.get(self.select) or "selected" in told):
            self.form.fields[self.select] = told.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        if tag == "select":
            self.select = None


def forms_of(walked):
    """Each different form that anybody met: (who, where it goes, the form)."""
    met = {}
    for answer in walked:
        for form in Forms(answer.text).found if answer.text else ():
            path = (form.action or answer.address.path).split("#")[0]
            form.fields.pop("csrfmiddlewaretoken", None)
            shape = re.sub(r"[0-9a-f]{32}|[2-9A-HJ-NP-Z]{6,10}|\d+", "*", path)
            met.setdefault((shape, form.method, *sorted(form.fields), *sorted(form.files)), (answer.who, path, form))
    return list(met.values())


def send(world, who, path, form, fields):
    """Send a form; what it did is taken back."""
    files = {name: SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\nno picture") for name in form.files}
    address = Address(path, "", path, "")
    data = {**fields, **files} if form.method == "post" else fields
    return visit(world, who, address, form.method, data=data)


def judged(answer, words=""):
    """What is wrong with an answer to hostile words; "" for nothing."""
    to = answer.headers.get("Location", "")
    if answer.status >= 500 and answer.address.path != "/healthz":
        return f"{answer} {repr(words)[:40]}"
    if re.match(r"[a-z]+:|//|/\\", to, re.IGNORECASE):
        return f"{answer} sends to {to}"
    if HOSTILE["html"] in answer.text or "<script>alert" in answer.text:
        return f"{answer} shows markup as markup"
    return f"{answer} ran a template" if "{{ 14 }}" in answer.text else ""


def test_forms_of_all_pages_take_hostile_words_in_every_field(world, walked):
    found = forms_of(walked)
    assert len(found) > 20
    faults = []
    for who, path, form in found:
        for words in itertools.islice(HOSTILE.values(), FEW):
            fields = dict.fromkeys(form.fields, words)
            faults.append(judged(send(world, who, path, form, fields), words))
    assert [fault for fault in faults if fault] == []


@pytest.mark.slow
def test_each_field_alone_takes_hostile_words(world, walked):
    """The other fields keep what the page put into them, so that the hostile one gets past the first check."""
    faults = set()
    for who, path, form in forms_of(walked):
        for name in form.fields:
            for words in HOSTILE.values():
                good = {key: value or "一句平常的话" for key, value in form.fields.items()}
                faults.add(judged(send(world, who, path, form, {**good, name: words}), (name, words)))
    assert faults - {""} == set()


def test_no_form_sends_one_to_another_site(world, walked):
    for who, path, form in forms_of(walked):
        for address in ELSEWHERE[:2]:
            fields = {**form.fields, "next": address, "back": address, "url": address, "return": address}
            assert judged(send(world, who, path, form, fields)) == ""


def test_no_page_sends_one_to_another_site(world):
    for address in world.addresses():
        answer = visit(world, "desk", address, data={"next": ELSEWHERE[0], "back": ELSEWHERE[1]})
        assert judged(answer) == ""


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
@pytest.mark.parametrize("path", ["/sign-in/", "/language/", "/large/", "/hats/"])
def test_door_and_switches_send_nobody_to_another_site(world, path, elsewhere):
    for who in ("anonymous", "desk"):
        fields = {"next": elsewhere, "language": "en", "large": "1"}
        assert judged(visit(world, who, Address(path, "", path, ""), "post", data=fields)) == ""


@pytest.mark.parametrize(
    "came", ["http://testserver//evil.example", "https://evil.example/", "http://[", "//evil.example"]
)
def test_way_back_leads_to_no_other_site(world, came):
    answer = world.clients["anonymous"].get("/matters/ZZZZZZZZZZ/", headers={"referer": came})
    assert answer.status_code == 404
    assert "evil.example" not in answer.content.decode()


def test_no_address_takes_a_form_without_its_token(world):
    for address in world.addresses():
        if acts(world, address):
            for who in ("anonymous", "desk"):
                strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
                strict.cookies = world.clients[who].cookies.copy()
                with transaction.atomic():
                    assert strict.post(address.path).status_code == 403, address
                    transaction.set_rollback(True)


def test_broken_bytes_in_addresses_and_forms_break_nothing(world):
    odd = ("%ff%fe", "%00", "%c0%ae%c0%ae", "%e2%80%ae", "a" * 5000, "%2e%2e%2f", "<script>", "'%20OR%201=1")
    for address in world.addresses():
        answer = world.clients["secretary"].get(
            f"{address.path}?q=%ff%fe&page=%00&n=%00&after=x&month=9999-99&next=%ff"
        )
        assert answer.status_code < 500 or address.path == "/healthz", address
    for start in (
        "/",
        "/matters/",
        "/p/",
        "/t/",
        "/files/",
        "/charters/",
        "/figures/",
        "/places/",
        "/people/",
        "/day/",
    ):
        for part in odd:
            assert world.clients["desk"].get(f"{start}{part}/").status_code in {301, 400, 404, 405}, (start, part)


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "a b", "[::1", ""]
)
def test_foreign_host_is_refused(world, host):
    answer = world.clients["anonymous"].get("/sign-in/", headers={"host": host})
    assert answer.status_code == 400
    assert host not in answer.content.decode() or not host


def test_forwarded_host_is_not_believed(world):
    answer = world.clients["anonymous"].get(
        "/day/", headers={"x-forwarded-host": "evil.example", "forwarded": "host=e.x"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=%2Fday%2F")


KEPT = ("linli_session", "linli_receipts", "linli_tour", "language", "large", "csrftoken", "messages")


@pytest.mark.parametrize("words", ["²", "9" * 5000, "a:b:c", '"quoted"', "' --", "zh-hans/../..", "{}", "\xff"])
def test_forged_cookies_break_nothing(world, words):
    kept = "; ".join(f"{name}={words}" for name in KEPT)
    odd = Client(raise_request_exception=False, headers={"cookie": kept})
    assert [odd.get(path).status_code for path in ("/", "/day/", "/search/", "/mine/")] == [200, 302, 200, 200]
