"""Staff notices to an address of the operator's own, signed."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, field

import httpx

from linli.notices.channels import Parcel, Refused, Unreachable


@dataclass(frozen=True, slots=True)
class Webhook:
    """POST of JSON with ``X-Linli-Signature: sha256=...`` over the body, and an ``Idempotency-Key``."""

    address: str
    secret: str = field(repr=False)

    def send(self, parcel: Parcel) -> str:
        """Post one notice."""
        told = {"uid": parcel.uid, "to": parcel.to, "kind": parcel.kind, "title": parcel.title}
        body = json.dumps({**told, "words": parcel.words, "url": parcel.url}, ensure_ascii=False).encode()
        proof = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": parcel.uid,
            "X-Linli-Signature": f"sha256={proof}",
        }
        try:
            answer = httpx.post(self.address, content=body, headers=headers, timeout=5)
        except httpx.HTTPError as error:
            raise Unreachable(type(error).__name__) from error
        if answer.is_success:
            return str(answer.status_code)
        if answer.status_code in {408, 425, 429} or answer.status_code >= 500:
            raise Unreachable(str(answer.status_code))
        raise Refused(str(answer.status_code))
