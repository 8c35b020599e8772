"""Any history of filing, writing, claiming, restarting and crashing gives the same in every store."""

import os
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.store import MemoryStore, Store
from knowledge.store_tinydb import TinyDBStore
from tests.contracts.drafts import NOON, draft, entry
from tests.properties import examples

Step = tuple[str, int]
STEPS = st.tuples(st.sampled_from(["file", "append", "claim", "bind", "restart", "torn", "damaged"]), st.integers(0, 3))


def done(store: Store, step: Step) -> object:
    """What a store answers to one step."""
    verb, number = step
    register = store.load()
    if verb == "file":
        store.file(register.filed(draft(f"方案{number}", number, f"{register.revision % 3}"))[0], entry(minutes=number))
    elif verb == "bind":
        store.file(register.bound(f"群{number}", [document.id for document in register.documents[:number]]))
    elif verb == "append":
        store.append(*(entry(minutes=minute) for minute in range(number)))
    elif verb == "claim":
        return store.claim(f"k{number}", NOON)
    return store.load(), store.ledger()


def harmed(home: Path, verb: str) -> None:
    """What a crash or a careless hand does to the files; none of it may be noticed in what the store holds."""
    ledger = home / "ledger-2026.jsonl"
    if verb == "torn" and ledger.exists():
        with ledger.open("ab") as file:
            file.write(b'{"schema":1,"kind":"sent","at":"20')
    if verb == "damaged" and (home / "register.json").exists():
        os.truncate(home / "register.json", 40)


@settings(deadline=None, max_examples=examples(40))
@given(st.lists(STEPS, max_size=8))
def test_a_store_on_disk_tells_any_history_like_one_in_memory(history: list[Step]) -> None:
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        memory, disk = MemoryStore(), TinyDBStore(home)
        for step in history:
            if step[0] in ("restart", "torn", "damaged"):
                disk.close()
                harmed(home, step[0])
                disk = TinyDBStore(home)
            assert done(disk, step) == done(memory, step)
        with closing(disk):
            assert TinyDBStore(home).load() == memory.load()
            assert TinyDBStore(home).ledger() == memory.ledger()
