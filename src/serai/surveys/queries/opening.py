"""Which answers of a response may change now."""

from dataclasses import dataclass

from serai.calc.xforms import Ref
from serai.surveys.models import AnswerRequest, Response
from serai.surveys.queries.filling import Filling
from serai.surveys.states import AnswerRequestState, ResponseState, Stance


@dataclass(frozen=True)
class Opening:
    """How far a response stands open.

    Attributes:
        is_whole: every answer may change: it is being filled in, or its country gave it back.
        asked: of a correction, the answers that requests have opened.
        is_correction: whether some answers may change beside locked ones.
    """

    is_whole: bool = False
    is_correction: bool = False
    asked: frozenset[Ref] = frozenset()

    def takes(self, ref: Ref, filling: Filling) -> bool:
        """Tell whether an answer may change; of a correction also one that now must be given."""
        if self.is_whole or ref in self.asked:
            return True
        cell, stands = filling.state.cell(ref), filling.heads.get(ref)
        is_empty = stands is None or not (stands.value or stands.reason)
        return self.is_correction and cell.relevant and cell.required and is_empty

    def lets_entries(self, response: Response) -> bool:
        """Tell whether entries may be added, removed and moved: never under what a country cleared.

        What a wave's device handed in stands open again as a whole where it corrects it.
        """
        is_filling = response.state == ResponseState.FILLING
        return self.is_whole and (is_filling or not response.cleared_through)


def follows_forms(response: Response) -> bool:
    """Tell whether a response takes up a new version of its form.

    While it is filled in, or its country gave all of it back; never over answers that were cleared.
    """
    return opening_of(response).is_whole and not response.cleared_through


def opening_of(response: Response) -> Opening:
    """Return how far a response stands open."""
    if response.state == ResponseState.FILLING:
        return Opening(is_whole=True)
    if response.state != ResponseState.CORRECTING:
        return Opening()
    latest = response.clearances.order_by("-id").values_list("stance", flat=True).first()
    live = (AnswerRequestState.ASKED, AnswerRequestState.ANSWERED)
    rows = AnswerRequest.objects.filter(response=response, state__in=live)
    return Opening(
        is_whole=latest == Stance.RETURNED,
        is_correction=True,
        asked=frozenset(Ref(path, entry) for path, entry in rows.values_list("path", "entry")),
    )
