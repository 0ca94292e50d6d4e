"""Passphrases, lockouts, idle times and where one may be sent after signing in (DOMAIN B.11.4). Plain values."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from urllib.parse import urlsplit

import pyotp
from django.utils.translation import gettext_lazy as _

from linli.people.rules import POSTS

FAILURES = 5
"""So many failures in a row lock a door; the lock grows with each further five."""
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=24)
ADDRESS_FAILURES = 30
"""An office has one address for many clerks, so a whole address is stopped later."""
FORGOTTEN_AFTER = timedelta(hours=24)
HISTORY = 5
STAFF_IDLE, RESIDENT_IDLE = 15, 30
STAFF_LIFE, RESIDENT_LIFE = timedelta(hours=12), timedelta(hours=12)
TOUCH_EVERY = timedelta(seconds=60)
CODE_LIFE = timedelta(minutes=5)
CODE_TRIES = 5
CODES_PER_NUMBER = ((timedelta(minutes=1), 1), (timedelta(hours=1), 5), (timedelta(days=1), 10))
CODES_PER_ADDRESS = ((timedelta(hours=1), 20), (timedelta(days=1), 60))
SLIP_LIFE = timedelta(days=7)
VOUCH_LIFE = timedelta(days=1)
RECOVERY_CODES = 10
TOTP_STEP = 30


AUDIT_WORDS = {
    "account.signed_in": _("登录了"),
    "account.signed_out": _("退出了"),
    "account.sign_in_failed": _("登录没有成功"),
    "account.hat_worn": _("换了身份"),
    "account.code_sent": _("发了验证码"),
    "account.opened": _("开通了账号"),
    "account.founded": _("在新装的机器上开张"),
    "account.slip_given": _("给了开通单"),
    "account.started": _("用开通单设了密码"),
    "account.passphrase_set": _("换了密码"),
    "account.second_factor_offered": _("开始设动态码"),
    "account.second_factor_set": _("设好了动态码"),
    "account.second_factor_passed": _("输对了动态码"),
    "account.second_factor_failed": _("动态码不对"),
    "account.recovery_renewed": _("重新打印了备用码"),
    "account.recovered": _("在服务器上找回了账号"),
    "account.session_ended": _("让一台设备退出"),
    "home.slips_printed": _("印了入户单"),
    "home.slips_ended": _("作废了没用的入户单"),
    "home.joined": _("用入户单登记了住处"),
    "account.invited": _("给了邀请单"),
    "account.vouched": _("两位管理员中的一位同意了"),
    "device.bound": _("绑定了一台设备"),
    "device.ended": _("解除了一台设备的绑定"),
    "account.pin_set": _("设了 PIN"),
    "account.pin_failed": _("PIN 不对"),
    "account.locked": _("锁了屏"),
    "account.unlocked": _("用 PIN 开了锁"),
    "account.proved_again": _("又输了一遍密码"),
    "account.sessions_ended": _("岗位变了，让设备退出"),
    "account.closed": _("停用了账号"),
    "account.wiped": _("删掉了账号"),
    "account.doors_forgotten": _("清理了旧的登录记录"),
}
"""How the audit page says what happens at the door."""


PAPER_FAILURES = 10
"""Eight figures are few, so an address that guesses at papers is stopped sooner than one that mistypes passphrases."""
HOUSEHOLD_LIFE = timedelta(days=60)
HOUSEHOLD_AT_ONCE = 400
"""So many slips are printed at once: a compound goes building by building."""
PHONE_BOUND = timedelta(days=30)
"""Whoever holds a post comes for a new slip every month; a neighbour twice a year."""
NEIGHBOUR_BOUND = timedelta(days=180)
OFFICE_BOUND = timedelta(days=365)
PIN_TRIES = 5


def household_code() -> str:
    """Eight figures that are easily read from paper and typed on a telephone."""
    return f"{secrets.randbelow(10**8):08d}"


def digits_of(typed: str) -> str:
    """The figures in what was typed, full-width ones too."""
    return "".join(str(unicodedata.digit(letter)) for letter in typed if letter.isdigit())


def pin_faults(typed: str) -> list[object]:
    """What is wrong with a new PIN: six figures, and not those that everybody tries first."""
    if not re.fullmatch(r"[0-9]{6}", typed):
        return [_("PIN 是六位数字。")]
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(typed)}
    if steps in ({0}, {1}, {9}):
        return [_("这个 PIN 太好猜了，换六个数字。")]
    return []


def device_words(user_agent: str) -> str:
    """A browser and a machine as their owner would name them; "" where neither is known."""
    browsers = (
        ("MicroMessenger", "微信"), ("AlipayClient", "支付宝"), ("Edg", "Edge"), ("Firefox", "Firefox"),
        ("Chrome", "Chrome"), ("Safari", "Safari"),
    )  # fmt: skip
    machines = (
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("HarmonyOS", "HarmonyOS"), ("Android", "Android"),
        ("Windows", "Windows"), ("Macintosh", "Mac"), ("Linux", "Linux"),
    )  # fmt: skip
    found = (next((words for mark, words in marks if mark in user_agent), "") for marks in (browsers, machines))
    return " · ".join(words for words in found if words)


def may_wear(post: str, proof: str, has_second_factor: bool) -> bool:
    """Whether a post may be put on after such a proof (``passphrase``, ``code``, ``pin``, ``demo``): staff need a
    passphrase, or a PIN where the post says so; posts that see sensitive data, export or administer a second factor
    as well (B.11.4).
    """
    known = POSTS.get(post)
    if known is None:
        return False
    if known.is_staff and (proof == "code" or (proof == "pin" and not known.opens_by_pin)):
        return False
    return has_second_factor or not known.needs_second_factor


def clean_login(typed: str) -> str:
    """A login: 3-40 small letters, figures, dots and hyphens. Raises `ValueError`."""
    login = typed.strip().lower()
    if not re.fullmatch(r"[a-z0-9][a-z0-9.\-_]{1,38}[a-z0-9]", login):
        raise ValueError(typed)
    return login


def passphrase_faults(words: str, login: str = "", name: str = "") -> list[object]:
    """What is wrong with a new passphrase: 14 characters of any kind, or 10 of three kinds out of four."""
    faults: list[object] = []
    kinds = sum(
        (
            any(letter.islower() for letter in words),
            any(letter.isupper() for letter in words),
            any(letter.isdigit() for letter in words),
            any(not letter.isalnum() and not letter.isspace() for letter in words),
        )
    )
    if len(words) < 10 or (len(words) < 14 and kinds < 3):
        faults.append(_("太短了。写一句 14 个字符以上的话，或 10 个以上、大小写字母数字符号占三样。"))
    if len(words) > 128:
        faults.append(_("太长了，最多 128 个字符。"))
    if len(set(words)) < 5:
        faults.append(_("重复的字符太多了，换一句不好猜的。"))
    for known in (login, name):
        if len(known) >= 3 and known.lower() in words.lower():
            faults.append(_("里面不要带登录名或姓名。"))
            break
    return faults


def lock_after(failures: int, most: int = FAILURES) -> timedelta | None:
    """How long a door is locked after so many failures in a row: 15 minutes at the fifth, double at each next fifth."""
    if not failures or failures % most:
        return None
    rounds: int = failures // most - 1
    longer: timedelta = FIRST_LOCK * 2 ** min(rounds, 10)
    return min(longer, LONGEST_LOCK)


def too_many(moments: Sequence[datetime], limits: Sequence[tuple[timedelta, int]], at: datetime) -> bool:
    """Whether another code would break a limit of so many within such a time."""
    return any(sum(moment > at - span for moment in moments) >= most for span, most in limits)


def totp_step_of(secret: str, code: str, at: datetime, last_step: int) -> int | None:
    """The time step at which ``code`` is right, one step early or late allowed; None if wrong or used before."""
    now = int(at.timestamp()) // TOTP_STEP
    typed = "".join(character for character in code if character in "0123456789")
    generator = pyotp.TOTP(secret)
    for step in (now, now - 1, now + 1):
        if step > last_step and hmac.compare_digest(generator.generate_otp(step), typed):
            return step
    return None


def local_path(wanted: str, otherwise: str) -> str:
    """``wanted`` if it is a path on this site, else ``otherwise``: nobody is sent elsewhere after signing in."""
    clean = wanted.strip()
    if not clean.startswith("/") or clean.startswith(("//", "/\\")) or "\\" in clean:
        return otherwise
    if any(ord(letter) < 32 or letter == "\x7f" for letter in clean):
        return otherwise
    try:
        parts = urlsplit(clean)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else clean


def token_digest(token: str) -> str:
    """What the table keeps of a session's token: 256 random bits need no key and no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
