"""The worker's snapshot, and how it stays as new as the database."""

import threading

from events.index import rows
from events.index.snapshot import Snapshot
from organisations.models import Generation

EVERYTHING = -1


class _Keeper:
    """Holds one snapshot. A worker that was forked before its first request reads its own."""

    def __init__(self) -> None:
        self.snapshot: Snapshot | None = None
        self.lock = threading.Lock()

    def at(self, generation: int | None) -> Snapshot:
        """A snapshot at least as new as that generation, or as the database's if none is given."""
        wanted = Generation.objects.current() if generation is None else generation
        held = self.snapshot
        if held is not None and held.generation == wanted:
            return held
        with self.lock:
            self.snapshot = self._renewed(wanted)
            return self.snapshot

    def _renewed(self, wanted: int) -> Snapshot:
        """Read what was written since the snapshot held, or everything.

        1. A number lower than the one held was read before another thread renewed; or the database is another
           one, brought back from a backup: the database is asked again.
        2. Numbers become visible in their order, so every row up to `wanted` can be read now. Newer rows may
           come too, and come again next time.
        """
        held = self.snapshot
        if held is not None and wanted < held.generation:
            wanted = Generation.objects.current()
        if held is not None and wanted == held.generation:
            return held
        if held is None or wanted < held.generation or held.mostly_dead:
            return Snapshot(rows.read(EVERYTHING), generation=wanted, known=rows.read_known())
        return held.changed(rows.read(held.generation), generation=wanted, known=rows.read_known())


_keeper = _Keeper()


def current(generation: int | None = None) -> Snapshot:
    """The snapshot to answer with. One query while nothing changed, none where the generation is known."""
    return _keeper.at(generation)


def forget() -> None:
    """Read everything again at the next call: for tests, whose databases come and go within a process."""
    _keeper.snapshot = None
