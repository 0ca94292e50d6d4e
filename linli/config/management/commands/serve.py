"""``linli serve``: one process that serves pages and, unless told not to, ticks."""

from __future__ import annotations

import errno
import signal
import sys
import threading
from typing import Any

import waitress
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from waitress.server import BaseWSGIServer, MultiSocketServer

from linli.access.actions import give_opening_code
from linli.access.queries import is_opened
from linli.config.clock import tick_until
from linli.config.health import pending_migrations
from linli.core.actor import at_machine
from linli.core.times import now

THREADS = 8
BODY_LIMIT = 160 * 1024 * 1024
"""Nine photos as a phone takes them, and their form."""


class Command(BaseCommand):
    """Serve pages."""

    help = "Serve pages, and do what has become due, in one process."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
        parser.add_argument("--port", type=int, default=settings.PORT, help="the port to listen on (or PORT)")
        parser.add_argument("--no-tick", action="store_true", help="leave the clock to `linli tick` elsewhere")

    def handle(self, *args: Any, host: str, port: int, no_tick: bool, **options: Any) -> None:
        if pending_migrations():
            raise CommandError("数据库还没有准备好，请先运行 linli migrate。/ Run `linli migrate` first.")
        call_command("prepare", verbosity=0)
        server = listen(host, port)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        stop = threading.Event()
        ticker = threading.Thread(target=tick_until, args=(stop,), name="tick", daemon=True)
        if not no_tick:
            ticker.start()
        self.stdout.write(f"http://{host}:{server.effective_port}")
        if not is_opened():
            code = give_opening_code(actor=at_machine(now()))
            self.stdout.write(
                f"第一次使用 / first use: http://{host}:{server.effective_port}/begin/  开张码 code: {code}"
            )
        self.stdout.flush()
        try:
            server.run()
        finally:
            stop.set()
            if ticker.is_alive():
                ticker.join(timeout=10)


def listen(host: str, port: int) -> BaseWSGIServer | MultiSocketServer:
    """A server bound to the address. Raises `CommandError` with what to do where the port is taken or forbidden."""
    from linli.config.wsgi import application

    behind = settings.LINLI_PROXY
    proxy = {"trusted_proxy": behind, "trusted_proxy_count": 1} if behind else {}
    if behind:
        proxy["trusted_proxy_headers"] = "x-forwarded-for x-forwarded-proto"
    try:
        return waitress.create_server(
            application, host=host, port=port, threads=THREADS, max_request_body_size=BODY_LIMIT, ident="", **proxy
        )
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            words = f"端口 {port} 已经有程序在用。换一个再试，例如 PORT={port + 1}。"
            raise CommandError(f"{words}/ Port {port} is taken; try PORT={port + 1}.") from None
        raise CommandError(f"不能在 {host}:{port} 上开门 / Cannot listen on {host}:{port}: {error}") from None
