"""List the box of letters, or show one: `./serai mail`."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from serai.base.mail import box, sending
from serai.base.models import MessageState


class Command(BaseCommand):
    """In a trial nothing leaves: this is where letters are read. In production it shows no words."""

    help = "Show the outgoing mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take one letter, a state, or the wish to send one again."""
        parser.add_argument("letter", nargs="?", default="", help="the number of one letter")
        parser.add_argument("--state", choices=[state.value for state in MessageState])
        parser.add_argument("--limit", type=int, default=30)
        parser.add_argument("--again", action="store_true", help="send this letter again")

    def handle(
        self,
        *args: object,
        letter: str,
        state: str | None,
        limit: int,
        again: bool,
        **options: object,
    ) -> None:
        """Print one line a letter, or one letter."""
        if again:
            self.send_again(letter)
        elif letter:
            self.show(letter)
        else:
            self.list(MessageState(state) if state else None, limit)

    def list(self, state: MessageState | None, limit: int) -> None:
        """Print the newest letters."""
        rows = box.envelopes(state, limit=limit)
        for row in rows:
            when = row.sent_at or row.next_at or row.written_at
            said = f"  {row.reply}" if row.reply else ""
            self.stdout.write(
                f"{row.id}  {when:%Y-%m-%d %H:%M}  {row.state.value:<11}  {row.key}{said}"
            )
        if not rows:
            self.stdout.write("No letters.")

    def show(self, public_id: str) -> None:
        """Print one letter with its words, in a trial."""
        found = box.trial_letter(public_id)
        if found is None:
            raise CommandError(
                f"There is no letter {public_id}, or this house is in production, "
                "where letters belong to their readers alone."
            )
        self.stdout.write(f"To: {found.to}\nSubject: {found.subject}\n\n{found.text}")

    def send_again(self, public_id: str) -> None:
        """Queue one failed, suppressed or held letter."""
        if not sending.send_again(public_id, timezone.now()):
            raise CommandError(f"Letter {public_id or '?'} does not wait to be sent again.")
        self.stdout.write(f"Letter {public_id} is sent again.")
