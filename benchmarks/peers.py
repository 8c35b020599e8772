"""Search engines as anybody would use them for short Chinese texts, behind one door: build from rows, ask for the best keys.

Each gets the same rows and the same questions, already freed of the words that only ask (`谁牵头`, `什么时候`): what is
compared is the search and not the cleaning. Character pairs are the terms everywhere, for that is what serves each best.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from typing import Any

from knowledge.search.grams import grams
from knowledge.search.held import Row

Ask = Callable[[str], list[str]]
LIMIT = 5


def _text(row: Row) -> str:
    return row.fields.get("section", "") + row.fields["text"]


def ours_in_memory(rows: Iterable[Row]) -> Ask:
    """The index as every office has it: the standard library alone."""
    from knowledge.search.index import Index

    index = Index(rows)
    return lambda topic: [hit.key for hit in index.rank(topic, limit=LIMIT)]


def ours_packed(rows: Iterable[Row]) -> Ask:
    """The index of the extra `large`."""
    from knowledge.search.index import Index
    from knowledge.search.layers import Layers
    from knowledge.search.packed import PackedPostings, pack

    index = Index(layers=Layers(PackedPostings(pack(rows))))
    return lambda topic: [hit.key for hit in index.rank(topic, limit=LIMIT)]


def tantivy_bigrams(rows: Iterable[Row]) -> Ask:
    """tantivy with its pair tokenizer, asked for any of the question's pairs."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="pairs")
    schema = builder.build()
    index = tantivy.Index(schema)
    tokenizer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(2, 2, False)).filter(tantivy.Filter.lowercase())
    index.register_tokenizer("pairs", tokenizer.build())
    writer = index.writer(heap_size=256_000_000, num_threads=1)
    for row in rows:
        writer.add_document(tantivy.Document(key=row.key, text=_text(row)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ask(topic: str) -> list[str]:
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", gram))
            for gram in dict.fromkeys(grams(topic))
        ]
        found = searcher.search(tantivy.Query.boolean_query(terms), LIMIT).hits if terms else []
        return [searcher.doc(address)["key"][0] for _, address in found]

    return ask


def bm25s_bigrams(rows: Iterable[Row]) -> Ask:
    """bm25s over pairs."""
    import bm25s

    keys: list[str] = []
    vocabulary: dict[str, int] = {}
    documents: list[list[int]] = []
    for row in rows:
        keys.append(row.key)
        documents.append([vocabulary.setdefault(gram, len(vocabulary)) for gram in grams(_text(row))])
    engine: Any = bm25s.BM25()
    engine.index((documents, vocabulary), show_progress=False)

    def ask(topic: str) -> list[str]:
        known = [vocabulary[gram] for gram in grams(topic) if gram in vocabulary]
        if not known:
            return []
        found, scores = engine.retrieve([known], k=min(LIMIT, len(keys)), show_progress=False)
        return [keys[int(row)] for row, score in zip(found[0], scores[0], strict=True) if score > 0]

    return ask


def fts5_bigrams(rows: Iterable[Row]) -> Ask:
    """SQLite FTS5 over texts split into pairs beforehand (its own trigrams never find a word of two characters)."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE rows USING fts5(pairs, key UNINDEXED)")
    base.executemany("INSERT INTO rows VALUES (?, ?)", ((" ".join(grams(_text(row))), row.key) for row in rows))
    base.commit()

    def ask(topic: str) -> list[str]:
        words = " OR ".join(f'"{gram}"' for gram in dict.fromkeys(grams(topic)))
        query = "SELECT key FROM rows WHERE rows MATCH ? ORDER BY rank LIMIT ?"
        return [key for (key,) in base.execute(query, (words, LIMIT))] if words else []

    return ask


def rapidfuzz_partial(rows: Iterable[Row]) -> Ask:
    """rapidfuzz, partial_ratio over every text."""
    from rapidfuzz import fuzz

    return _scan(rows, fuzz.partial_ratio)


def rapidfuzz_weighted(rows: Iterable[Row]) -> Ask:
    """rapidfuzz, WRatio over every text: the naive design."""
    from rapidfuzz import fuzz

    return _scan(rows, fuzz.WRatio)


def _scan(rows: Iterable[Row], scorer: Callable[..., float]) -> Ask:
    from rapidfuzz import process

    kept = {row.key: _text(row) for row in rows}
    return lambda topic: [key for _, _, key in process.extract(topic, kept, scorer=scorer, limit=LIMIT)]


PEERS: dict[str, Callable[[Iterable[Row]], Ask]] = {
    "qiantou": ours_in_memory,
    "qiantou[large]": ours_packed,
    "tantivy": tantivy_bigrams,
    "bm25s": bm25s_bigrams,
    "SQLite FTS5": fts5_bigrams,
    "rapidfuzz partial_ratio": rapidfuzz_partial,
    "rapidfuzz WRatio": rapidfuzz_weighted,
}
