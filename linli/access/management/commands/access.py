"""`linli access`: the first administrator, and the way back for one who forgot everything."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.access.actions import create_administrator, give_opening_code, recover_account
from linli.access.models import Account
from linli.core.actor import Actor, at_machine
from linli.core.errors import BadInput, WrongState
from linli.core.times import now


class Command(BaseCommand):
    """Make an administrator, or recover an account, at the machine itself."""

    help = "Make an administrator, or give an account a new slip: linli access create-administrator|recover LOGIN"

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        create = acts.add_parser("create-administrator", help="make an administrator and print the slip's code")
        create.add_argument("login")
        create.add_argument("--name", default="", help="the person's name; the login where it is left out")
        recover = acts.add_parser("recover", help="take passphrase and second factor off and print a new slip's code")
        recover.add_argument("login")
        acts.add_parser("opening-code", help="print the code of an empty installation's first page, /begin/")

    def handle(self, *args: Any, **options: Any) -> None:
        actor = at_machine(now())
        if options["act"] == "opening-code":
            self._opening(actor)
            return
        login = options["login"].strip().lower()
        try:
            if options["act"] == "create-administrator":
                code = create_administrator(actor=actor, name=options["name"] or login, login=login)
            else:
                code = recover_account(actor=actor, account=self._account(login))
        except BadInput as refusal:
            raise CommandError("\n".join(str(w) for words in refusal.fields.values() for w in words)) from refusal
        self.stdout.write(f"登录名 login: {login}\n开通码 code:  {code}\n七天内在 /sign-in/start/ 用它设密码。")
        self.stdout.write("Set the passphrase with it at /sign-in/start/ within seven days.")

    def _opening(self, actor: Actor) -> None:
        try:
            code = give_opening_code(actor=actor)
        except WrongState:
            raise CommandError("这里已经开张了。 / This installation is opened already.") from None
        self.stdout.write(f"{code}\n七天内在 /begin/ 用它开第一个账号。 Open the first account with it at /begin/.")

    def _account(self, login: str) -> Account:
        account = Account.objects.filter(login=login).select_related("person").first()
        if account is None:
            raise CommandError(f"没有登录名 {login}。 There is no login {login}.")
        return account
