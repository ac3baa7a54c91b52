"""What people decide about messages. What the sender does stands in the rows themselves."""

from dataclasses import dataclass
from typing import ClassVar

from panel_app.foundation.happenings import Happening, happening


@happening
@dataclass(frozen=True, kw_only=True)
class MessageSentAgain(Happening):
    """Someone had a message sent that did not reach its reader, or that was held after a restore."""

    tag: ClassVar[str] = "outbox:message:sent-again"
    message_key: str
    kind: str


@happening
@dataclass(frozen=True, kw_only=True)
class MessageCancelled(Happening):
    """Someone decided that a message shall not be sent."""

    tag: ClassVar[str] = "outbox:message:cancelled"
    message_key: str
    kind: str
