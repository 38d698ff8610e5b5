"""`./serai person invite EMAIL --role coordinator`: the first invitation, printed with its link."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from serai.base.access import ANONYMOUS, NotFound
from serai.members import actions, queries
from serai.members.states import Role


class Command(BaseCommand):
    """Invites people where nobody can sign in yet."""

    help = "Invite a person to a role and print the link of the letter."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the words of the command."""
        words = parser.add_subparsers(dest="act", required=True)
        invite = words.add_parser("invite", help="invite a person to a role")
        invite.add_argument("email")
        invite.add_argument("--role", choices=[role.value for role in Role], default="coordinator")
        invite.add_argument("--member", default="", help="ISO 3166-1 alpha-3, such as GEO")
        invite.add_argument("--organisation", default="", help="the organisation's number")
        invite.add_argument("--initiative", action="append", default=[], help="code; may repeat")
        invite.add_argument("--language", default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Invite and print."""
        try:
            wanted = actions.RoleWanted(
                role=Role(options["role"]),
                member=queries.member(ANONYMOUS, options["member"]) if options["member"] else None,
                organisation=queries.organisation_by_number(options["organisation"])
                if options["organisation"]
                else None,
                initiatives=tuple(options["initiative"]),
            )
            done = actions.invite_first(
                email=options["email"],
                wanted=wanted,
                language=options["language"],
                now=timezone.now(),
            )
        except (actions.Refused, NotFound) as error:
            raise CommandError(str(error)) from error
        with override(options["language"]):
            path = reverse("members:accept_invitation", args=[done.token])
        self.stdout.write(f"Invited {done.invitation.email} as {options['role']}.")
        self.stdout.write(f"The link, good for 30 days: {settings.SITE_ADDRESS}{path}")
