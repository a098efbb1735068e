from schools.models.paper_letter import PaperLetter
from schools.models.programme import (
    Meeting,
    Programme,
    ProgrammeGroup,
    ProgrammeTemplate,
    Setting,
    Side,
    TemplateMeeting,
)
from schools.models.round import Reach, Round, RoundPair, RoundState, Step, Takers
from schools.models.twinning import LinkLimit, Twinning, TwinningState, TwinningStep

__all__ = [
    "LinkLimit",
    "Meeting",
    "PaperLetter",
    "Programme",
    "ProgrammeGroup",
    "ProgrammeTemplate",
    "Reach",
    "Round",
    "RoundPair",
    "RoundState",
    "Setting",
    "Side",
    "Step",
    "Takers",
    "TemplateMeeting",
    "Twinning",
    "TwinningState",
    "TwinningStep",
]
