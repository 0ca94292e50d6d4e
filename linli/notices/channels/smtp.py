"""Mail by SMTP."""

from __future__ import annotations

import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from linli.notices.channels import Parcel, Refused, Unreachable


class Smtp:
    """The mail server of the settings. The Message-ID is the delivery's own, so that a repeat is known as one."""

    def send(self, parcel: Parcel) -> str:
        """Send one plain mail."""
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
        receipt = f"<{parcel.uid}@{domain}>"
        link = f"\n\n{settings.LINLI_PUBLIC_URL}{parcel.url}" if parcel.url and settings.LINLI_PUBLIC_URL else ""
        mail = EmailMessage(
            subject=" ".join(parcel.title.split()),
            body=f"{parcel.words}{link}",
            to=[parcel.to],
            headers={"Message-ID": receipt, "Auto-Submitted": "auto-generated"},
            connection=get_connection(timeout=10),
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            if codes and all(code >= 500 for code in codes):
                raise Refused(f"SMTP {codes[0]}") from error
            raise Unreachable(f"SMTP {codes[:1]}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(type(error).__name__) from error
        return receipt
