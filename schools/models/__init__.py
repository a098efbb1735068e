from schools.models.paper_letter import PaperLetter
from schools.models.round import Reach, Round, RoundPair, RoundState, Step, Takers
from schools.models.twinning import LinkLimit, Twinning, TwinningState, TwinningStep

__all__ = [
    "LinkLimit",
    "PaperLetter",
    "Reach",
    "Round",
    "RoundPair",
    "RoundState",
    "Step",
    "Takers",
    "Twinning",
    "TwinningState",
    "TwinningStep",
]
