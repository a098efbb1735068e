from schools.models.round import Reach, Round, RoundPair, RoundState, Step, Takers

__all__ = ["Reach", "Round", "RoundPair", "RoundState", "Step", "Takers"]
