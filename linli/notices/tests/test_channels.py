import base64
import hashlib
import hmac
import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl

import pytest

from linli.notices.channels import Parcel, Refused, Unreachable, channel_of, open_channels
from linli.notices.channels.aliyun import Aliyun, signature_of
from linli.notices.channels.robots import Robot, robots_in
from linli.notices.channels.webhook import Webhook

PARCEL = Parcel("d" * 32, "13800138000", "ticket", "已接单", "今天下午上门 +~*", "/matters/x/")


class Provider(BaseHTTPRequestHandler):
    """A provider on this machine that checks what it gets, as the real one does."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.paths.append(self.path)
        self.server.seen.append((dict(self.headers), body))
        status, told = self.server.answer(dict(self.headers), body)
        words = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    def log_message(self, *args):
        pass


@pytest.fixture
def provider():
    server = HTTPServer(("127.0.0.1", 0), Provider)
    server.seen, server.paths = [], []
    server.address = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def sendsms(nonces):
    """Alibaba's gate: the signature is made anew from what came, and a nonce is taken once."""

    def answer(headers, body):
        told = dict(parse_qsl(body.decode(), keep_blank_values=True))
        given = told.pop("Signature")
        if given != signature_of(told, "s3cret"):
            return 400, {"Code": "SignatureDoesNotMatch"}
        if told["SignatureNonce"] in nonces:
            return 400, {"Code": "SignatureNonceUsed"}
        nonces.add(told["SignatureNonce"])
        return 200, {"Code": "OK", "BizId": f"biz-{told['PhoneNumbers']}"}

    return answer


def aliyun(provider, secret="s3cret"):
    return Aliyun("key", secret, {"sign": "邻里", "template": "SMS_1", "template.code": "SMS_2"}, provider.address)


def test_aliyun_signature_is_the_documented_one():
    told = {
        "AccessKeyId": "testid", "Action": "DescribeRegions", "Format": "XML", "SignatureMethod": "HMAC-SHA1",
        "SignatureNonce": "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf", "SignatureVersion": "1.0",
        "Timestamp": "2016-02-23T12:46:24Z", "Version": "2014-05-26",
    }  # fmt: skip
    assert signature_of(told, "testsecret", "GET") == "OLeaidS1JvxuMvnyHOwuJ+uX5qY="


def test_aliyun_message_arrives_signed(provider):
    provider.answer = sendsms(set())
    assert aliyun(provider).send(PARCEL) == "biz-13800138000"
    told = dict(parse_qsl(provider.seen[0][1].decode()))
    assert (told["SignName"], told["TemplateCode"], told["OutId"]) == ("邻里", "SMS_1", "d" * 32)
    assert json.loads(told["TemplateParam"]) == {"title": "已接单", "words": "今天下午上门 +~*"}


def test_aliyun_repeat_after_a_crash_is_not_sent_twice(provider):
    provider.answer = sendsms(set())
    aliyun(provider).send(PARCEL)
    assert aliyun(provider).send(PARCEL) == "sent before"


def test_aliyun_refusal_and_absence_are_told_apart(provider):
    provider.answer = sendsms(set())
    with pytest.raises(Refused, match="SignatureDoesNotMatch"):
        aliyun(provider, "wrong").send(PARCEL)
    provider.answer = lambda *_: (200, {"Code": "isv.BUSINESS_LIMIT_CONTROL"})
    with pytest.raises(Unreachable, match="BUSINESS_LIMIT_CONTROL"):
        aliyun(provider).send(PARCEL)
    provider.answer = lambda *_: (503, "busy")
    with pytest.raises(Unreachable):
        aliyun(provider).send(PARCEL)


def test_webhook_is_signed_and_says_what_became_of_it(provider):
    provider.answer = lambda *_: (204, {})
    Webhook(provider.address, "s3cret").send(PARCEL)
    headers, body = provider.seen[0]
    proof = hmac.new(b"s3cret", body, hashlib.sha256).hexdigest()
    assert (headers["X-Linli-Signature"], headers["Idempotency-Key"]) == (f"sha256={proof}", "d" * 32)
    provider.answer = lambda *_: (500, {})
    with pytest.raises(Unreachable):
        Webhook(provider.address, "s3cret").send(PARCEL)
    provider.answer = lambda *_: (410, {})
    with pytest.raises(Refused):
        Webhook(provider.address, "s3cret").send(PARCEL)


def gate(kind, secret):
    """What each maker's robot answers: it makes the signature anew from its own time's words."""

    def answer(headers, body):
        told = json.loads(body)
        if kind == "feishu":
            proof = hmac.new(f"{told.get('timestamp')}\n{secret}".encode(), b"", hashlib.sha256).digest()
            wrong = secret and told.get("sign") != base64.b64encode(proof).decode()
            return 200, {"code": 19021, "msg": "sign match fail"} if wrong else {"code": 0, "msg": "success"}
        return 200, {"errcode": 0, "errmsg": "ok"} if told["msgtype"] == "text" else {"errcode": 40008}

    return answer


def test_wecom_robot_gets_title_and_address_and_no_words(provider, settings):
    settings.LINLI_PUBLIC_URL = "https://linli.example.cn"
    provider.answer = gate("wecom", "")
    Robot("wecom", f"{provider.address}cgi-bin/webhook/send?key=k").send(PARCEL)
    told = json.loads(provider.seen[0][1])
    assert told == {"msgtype": "text", "text": {"content": "已接单\nhttps://linli.example.cn/matters/x/"}}
    assert provider.paths == ["/cgi-bin/webhook/send?key=k"]


def test_dingtalk_robot_signs_time_and_secret_in_the_address(provider):
    provider.answer = gate("dingtalk", "SEC1")
    Robot("dingtalk", f"{provider.address}robot/send?access_token=t", "SEC1").send(PARCEL)
    query = dict(parse_qsl(provider.paths[0].partition("?")[2]))
    proof = hmac.new(b"SEC1", f"{query['timestamp']}\nSEC1".encode(), hashlib.sha256).digest()
    assert (query["access_token"], query["sign"]) == ("t", base64.b64encode(proof).decode())
    assert len(query["timestamp"]) == 13


def test_feishu_robot_signs_with_time_and_secret_as_the_key(provider):
    provider.answer = gate("feishu", "s3cret")
    assert Robot("feishu", provider.address, "s3cret").send(PARCEL) == "feishu"
    assert json.loads(provider.seen[0][1])["content"] == {"text": "已接单"}
    with pytest.raises(Refused, match="19021"):
        Robot("feishu", provider.address, "wrong").send(PARCEL)


@pytest.mark.parametrize(
    ("answer", "ending"),
    [
        ((200, {"errcode": 45009, "errmsg": "api freq out of limit"}), Unreachable),
        ((200, {"errcode": 130101, "errmsg": "send too fast"}), Unreachable),
        ((200, {"code": 11232, "msg": "frequency limited"}), Unreachable),
        ((502, {}), Unreachable),
        ((200, "nonsense"), Unreachable),
        ((200, {"errcode": 93000, "errmsg": "invalid webhook url"}), Refused),
        ((200, {"errcode": 310000, "errmsg": "keywords not in content"}), Refused),
        ((200, {}), Refused),
    ],
)
def test_robot_tells_later_from_never(provider, answer, ending):
    provider.answer = lambda *_: answer
    with pytest.raises(ending):
        Robot("wecom", provider.address).send(PARCEL)


def test_robots_are_named_by_their_bodies(settings, provider):
    settings.LINLI_SMS = settings.LINLI_MAIL = settings.LINLI_WEBHOOK = ""
    settings.LINLI_ROBOTS = f"安和物业=feishu:{provider.address}#s%23 雪莲%20社区=wecom:https://example.cn/?key=k"
    provider.answer = gate("feishu", "s#")
    robots = channel_of("robot")
    assert (open_channels(), set(robots.by_body)) == (("robot",), {"安和物业", "雪莲 社区"})
    assert robots.send(replace(PARCEL, to="安和物业")) == "feishu"
    with pytest.raises(Refused):
        robots.send(PARCEL)
    settings.LINLI_ROBOTS = "安和物业=telegram:https://example.cn"
    with pytest.raises(ValueError, match="LINLI_ROBOTS"):
        robots_in(settings.LINLI_ROBOTS)
    assert open_channels() == ()


def test_absent_provider_is_unreachable():
    with pytest.raises(Unreachable):
        Webhook("http://127.0.0.1:9/", "x").send(PARCEL)


def test_mail_bears_the_deliverys_own_id(settings, mailoutbox):
    settings.LINLI_MAIL = "smtp:"
    settings.LINLI_PUBLIC_URL = "https://linli.example.cn"
    receipt = channel_of("mail").send(PARCEL)
    [mail] = mailoutbox
    assert mail.extra_headers["Message-ID"] == receipt == f"<{'d' * 32}@localhost>"
    assert mail.body.endswith("https://linli.example.cn/matters/x/")


def test_settings_say_which_channels_are_open(settings):
    settings.LINLI_SMS = "aliyun://id:s%2Fc@dysmsapi.aliyuncs.com/?sign=%E9%82%BB%E9%87%8C&template=SMS_1"
    settings.LINLI_MAIL, settings.LINLI_WEBHOOK = "", ""
    channel = channel_of("sms")
    assert (channel.key, channel.secret, channel.endpoint) == ("id", "s/c", "https://dysmsapi.aliyuncs.com/")
    assert channel.options == {"sign": "邻里", "template": "SMS_1"}
    assert open_channels() == ("sms",)


def test_secrets_are_not_shown_in_logs():
    assert "s3cret" not in repr(Aliyun("key", "s3cret", {}, ""))
    assert "s3cret" not in repr(Robot("wecom", "https://example.cn/?key=s3cret", "s3cret"))
    assert "13800138000" not in repr(PARCEL)
