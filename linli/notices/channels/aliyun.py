"""Text messages through Alibaba Cloud's SendSms (RPC style, signature version 1.0)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote

import httpx

from linli.core.times import now
from linli.notices.channels import Parcel, Refused, Unreachable

LATER = ("isv.BUSINESS_LIMIT", "isv.AMOUNT_NOT_ENOUGH", "isp.", "Throttling", "ServiceUnavailable", "InternalError")
"""Answers after which another try makes sense."""

PART = 35
"""A template's variable holds this many characters."""


def escaped(words: str) -> str:
    """Percent-encoding as the signature wants it: RFC 3986."""
    return quote(words, safe="-_.~")


def signature_of(parameters: Mapping[str, str], secret: str, method: str = "POST") -> str:
    """The signature over sorted parameters: HMAC-SHA1 with the secret and an ampersand."""
    query = "&".join(f"{escaped(name)}={escaped(parameters[name])}" for name in sorted(parameters))
    said = f"{method}&{escaped('/')}&{escaped(query)}"
    return base64.b64encode(hmac.new(f"{secret}&".encode(), said.encode(), hashlib.sha1).digest()).decode()


@dataclass(frozen=True, slots=True)
class Aliyun:
    """``aliyun://KEY:SECRET@dysmsapi.aliyuncs.com/?sign=邻里&template=SMS_1&template.code=SMS_2``.

    Templates have the variables ``title`` and ``words``; ``template.<kind>`` serves one kind of message.
    """

    key: str
    secret: str = field(repr=False)
    options: Mapping[str, str]
    endpoint: str

    def parameters(self, parcel: Parcel, at: datetime) -> dict[str, str]:
        """The signed request. A repeat after a crash bears the same nonce, which the provider refuses to take twice."""
        words = {"title": parcel.title[:PART], "words": parcel.words[:PART]}
        told = {
            "AccessKeyId": self.key,
            "Action": "SendSms",
            "Format": "JSON",
            "OutId": parcel.uid,
            "PhoneNumbers": parcel.to,
            "RegionId": self.options.get("region", "cn-hangzhou"),
            "SignName": self.options.get("sign", ""),
            "SignatureMethod": "HMAC-SHA1",
            "SignatureNonce": f"{parcel.uid}-{parcel.attempt}",
            "SignatureVersion": "1.0",
            "TemplateCode": self.options.get(f"template.{parcel.kind}", self.options.get("template", "")),
            "TemplateParam": json.dumps(words, ensure_ascii=False),
            "Timestamp": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "Version": "2017-05-25",
        }
        return {**told, "Signature": signature_of(told, self.secret)}

    def send(self, parcel: Parcel) -> str:
        """Send one text message."""
        try:
            answer = httpx.post(self.endpoint, data=self.parameters(parcel, now()), timeout=5)
            told = answer.json()
            code = str(told["Code"])
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise Unreachable(type(error).__name__) from error
        if code == "OK":
            return str(told.get("BizId", ""))
        if code == "SignatureNonceUsed":
            return "sent before"
        if code.startswith(LATER) or answer.status_code >= 500:
            raise Unreachable(code)
        raise Refused(code)
