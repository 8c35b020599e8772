"""`make bench`: every comparison, one after the other."""

from benchmarks import answering, comparison, reading, search, store, unit_names

if __name__ == "__main__":
    for size in (200, 1000):
        search.main(size)
    answering.main()
    store.main()
    comparison.main()
    reading.main()
    unit_names.main()
