"""Letters: written in the transaction of the act, sent after it."""

# For example:
#
# send(
# Message(
#     key=f"meeting_called:{meeting.pk}:{person.pk}",
#     template="programme/email/meeting_called",
#     topic="meetings",
#     person_id=person.pk,
#     facts={"meeting": meeting_line},
#     thing=f"programme.meeting:{meeting.pk}",
#     link=f"/programme/meetings/{meeting.public_id}/",
#     sample=meeting.sample,
# )
# )

from serai.base.mail.writing import Attachment, Message, send, send_all

__all__ = ["Attachment", "Message", "send", "send_all"]
