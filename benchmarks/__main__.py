"""`make bench`: every comparison, one after the other."""

import os

from benchmarks import answering, clerks, comparison, deadlines, reading, reminding, rolls, search, store, unit_names

if __name__ == "__main__":
    for size in (200, 1000):
        search.main(size)
    answering.main()
    clerks.main()
    store.main()
    comparison.main()
    reading.main()
    deadlines.main(os.environ.get("QIANTOU_PEERS"))
    unit_names.main()
    reminding.main(100)
    rolls.main()
