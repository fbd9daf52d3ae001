"""The sections of one language, ready to be searched."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nlargest
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import orjson
import tantivy

from bot.knowledge import tokens
from bot.knowledge.documentation.asking import TELLING, Asked
from bot.knowledge.documentation.pages import Section
from bot.knowledge.documentation.synonyms import Form
from bot.knowledge.documentation.views import CONCEPT_MARK, concepts, cut
from bot.knowledge.lexicon import Lexicon

#: How often a field counts; what stands in the text counts once.
TITLE, ABOVE, HEADING = 2, 1, 3
#: Sections that each view proposes, and how many of the best are looked at more closely.
PROPOSED, LOOKED_AT = 200, 20
#: What a section's page adds, by its best sections: where much is about a subject, the answer is likelier.
PAGE, BEST_OF_PAGE = 0.4, 3
#: From so many average lengths on a section has more to match with than BM25 takes off for it.
LONG, LENGTH = 1.0, 0.1
#: What the best two neighbouring sentences and the heading add, by how much of the question they have.
SENTENCES, ALIKE_HEADING = 2.5, 1.0
#: What the concepts of the question add, by how many of them the section names in any words.
CONCEPTS = 2.0
#: How much another word for what was typed counts in a proposal, and where no page has what was typed; at a
#: closer look it is as good.
SYNONYM, UNKNOWN = 0.2, 0.5
WRITER_BYTES = 15_000_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("page", indexed=True, fast=True)
    builder.add_integer_field("length", fast=True)
    for view in ("words", "grams"):
        builder.add_text_field(view, tokenizer_name="whitespace", index_option="freq")
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


SCHEMA = _schema()


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that was found, and how well it fits what was asked."""

    section: Section
    score: float
    #: How many of the telling words it has (of Chinese, pairs of characters), or other words for them.
    common: int
    #: The place of the sentence that has most of it.
    sentence: int


@dataclass(slots=True)
class _Candidate:
    address: tantivy.DocAddress
    page: int
    score: float = 0.0


class Writer:
    """Changes an index on disk, or makes one in memory."""

    def __init__(self, lexicon: Lexicon, folder: Path | None = None) -> None:
        self._lexicon = lexicon
        self._index = tantivy.Index(SCHEMA, path=str(folder) if folder else None)
        # One thread: the order of sections, and with it every tie, is the same each time.
        self._writer = self._index.writer(WRITER_BYTES, 1)

    def add(self, sections: Iterable[Section]) -> None:
        for section in sections:
            self._writer.add_document(_document(section, self._lexicon))

    def remove(self, page: str) -> None:
        self._writer.delete_documents_by_term("page", _number(page))

    def finish(self) -> Index:
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._index.reload()
        return Index(self._index)


class Index:
    def __init__(self, index: tantivy.Index) -> None:
        self._searcher = index.searcher()
        self.size: int = self._searcher.num_docs
        every = self._searcher.search(tantivy.Query.all_query(), max(1, self.size)).hits
        lengths = self._numbers("length", [address for _, address in every])
        self._average = sum(lengths) / max(1, self.size)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Raises ValueError where there is no index."""
        return cls(tantivy.Index.open(str(folder)))

    def search(self, asked: Asked) -> list[Hit]:
        """The best sections, best first."""
        found = self._proposed(asked)
        best_of: dict[int, list[float]] = {}
        for candidate in found:
            best_of.setdefault(candidate.page, []).append(candidate.score)
        for candidate in found:
            best = nlargest(BEST_OF_PAGE, best_of[candidate.page])
            candidate.score += PAGE * sum(best) / BEST_OF_PAGE
        closest = sorted(found, key=lambda each: -each.score)[:LOOKED_AT]
        rarity = _Rarity(self._searcher, self.size)
        hits = [self._looked_at(each, asked, rarity) for each in closest]
        return sorted(hits, key=lambda hit: -hit.score)

    def _proposed(self, asked: Asked) -> list[_Candidate]:
        """Sections by the sum of both views, each view's score divided by its best."""
        found: dict[tuple[int, int], _Candidate] = {}
        otherwise = [
            tantivy.Query.boost_query(_any_of(each.instead), SYNONYM if self._has(each.typed) else UNKNOWN)
            for each in asked.exchangeable
        ]
        for view, weights in (("words", asked.words), ("grams", asked.grams)):
            scored = self._scored(view, weights, otherwise)
            top = max((score for _, score in scored), default=1.0)
            for candidate, score in scored:
                place = (candidate.address.segment_ord, candidate.address.doc)
                found.setdefault(place, candidate).score += score / top
        return list(found.values())

    def _scored(
        self, view: str, weights: Mapping[str, float], otherwise: list[tantivy.Query]
    ) -> list[tuple[_Candidate, float]]:
        said = [
            tantivy.Query.boost_query(tantivy.Query.term_query(SCHEMA, view, token), weight)
            for token, weight in weights.items()
        ]
        clauses = [(tantivy.Occur.Should, each) for each in said + otherwise]
        hits = self._searcher.search(tantivy.Query.boolean_query(clauses), PROPOSED, count=False).hits
        addresses = [address for _, address in hits]
        pages, lengths = self._numbers("page", addresses), self._numbers("length", addresses)
        return [
            (_Candidate(address, page), float(score) * self._for_length(length))
            for (score, address), page, length in zip(hits, pages, lengths, strict=True)
        ]

    def _has(self, form: Form) -> bool:
        """Whether all its tokens occur, be it in different sections."""
        return all(self._searcher.doc_freq("words", token) for token in form)

    def _numbers(self, field: str, addresses: list[tantivy.DocAddress]) -> list[int]:
        return [int(value or 0) for value in self._searcher.fast_field_values(field, addresses)]

    def _for_length(self, length: int) -> float:
        return float(max(LONG, length / self._average) ** -LENGTH)

    def _looked_at(self, candidate: _Candidate, asked: Asked, rarity: _Rarity) -> Hit:
        kept: Any = self._searcher.doc(candidate.address).get_first("stored")
        stored = orjson.loads(kept)
        title, above, heading, *sentences = (set(each.split()) for each in stored["words"])
        wanted = {word: weight * rarity.of(word) for word, weight in asked.words.items()}
        whole = sum(wanted.values()) or 1.0

        def told(of: set[str]) -> set[str]:
            """What was asked and this has, in the same words or in others."""
            otherwise = (
                each.typed for each in asked.exchangeable if any(form <= of for form in each.instead)
            )
            return wanted.keys() & of.union(*otherwise)

        def share(words: Iterable[str]) -> float:
            return sum(wanted[word] for word in words) / whole

        every = title.union(above, heading, *sentences)
        by_sentence = [told(each) for each in sentences]
        shares = [share(each) for each in by_sentence]
        pairs = [share(one | other) for one, other in pairwise(by_sentence)] or shares
        in_heading = share(told(heading))
        closest = max(in_heading, *pairs, 0.0)
        of_heading = sum(rarity.of(word) for word in heading)
        alike = 2 * in_heading * whole / (whole + of_heading)
        named = share(wanted.keys() & stored["concepts"])
        return Hit(
            section=_section(stored["section"]),
            score=candidate.score + SENTENCES * closest + ALIKE_HEADING * alike + CONCEPTS * named,
            common=sum(len(word) > 1 and asked.words[word] == TELLING for word in told(every)),
            sentence=max(range(len(shares)), key=shares.__getitem__, default=0),
        )


def _any_of(forms: Iterable[Form]) -> tantivy.Query:
    """Texts with all tokens of a form, by the form that fits best."""
    every = [
        tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, tantivy.Query.term_query(SCHEMA, "words", token)) for token in form]
        )
        for form in forms
    ]
    return tantivy.Query.disjunction_max_query(every)


class _Rarity:
    """How much a token tells: the fewer sections have it, the more."""

    def __init__(self, searcher: tantivy.Searcher, size: int) -> None:
        self._searcher = searcher
        self._size = size
        self._known: dict[str, float] = {}

    def of(self, token: str) -> float:
        if token not in self._known:
            among = self._searcher.doc_freq("words", token)
            # A concept that no heading names is no rare word: it cannot be found at all.
            told = among or not token.startswith(CONCEPT_MARK)
            self._known[token] = math.log(1 + self._size / (1 + among)) if told else 0.0
        return self._known[token]


def _document(section: Section, lexicon: Lexicon) -> tantivy.Document:
    title = _Cut.of(section.title, lexicon)
    # The index knows concepts only where headings name them.
    above, heading = (
        _Cut.of(each, lexicon, findable=True) for each in (" ".join(section.above), section.heading)
    )
    text = [_Cut.of(sentence, lexicon) for sentence in section.sentences]
    rest = (_Cut.of(section.page, lexicon), _Cut.of(section.description, lexicon), *text)
    every = (*(title,) * TITLE, *(above,) * ABOVE, *(heading,) * HEADING, *rest)
    looked_at = (title, above, heading, *text)
    named = {concept for each in looked_at for concept in each.concepts}
    return tantivy.Document(
        page=_number(section.page),
        length=sum(each.length for each in every),
        words=" ".join(each.words for each in every),
        grams=" ".join(each.grams for each in every),
        stored=orjson.dumps(
            {
                "section": section,
                "words": [each.words for each in looked_at],
                "concepts": sorted(named),
            }
        ),
    )


@dataclass(frozen=True, slots=True)
class _Cut:
    """A text in both views, its tokens with spaces between, and the concepts it names."""

    words: str
    grams: str
    concepts: list[str]
    #: In words.
    length: int

    @classmethod
    def of(cls, text: str, lexicon: Lexicon, *, findable: bool = False) -> Self:
        """With `findable` the concepts stand among the words."""
        prepared = tokens.prepared(text)
        words, grams = cut(tokens.runs(prepared))
        named = concepts(tokens.units_of(prepared), lexicon)
        if findable:
            words += named
        return cls(" ".join(words), " ".join(grams), named, len(words))


def _section(stored: Mapping[str, Any]) -> Section:
    day = stored["date"]
    return Section(
        **{
            **stored,
            "sentences": tuple(stored["sentences"]),
            "above": tuple(stored["above"]),
            "date": date.fromisoformat(day) if day else None,
        }
    )


def _number(page: str) -> int:
    """A page's name as a number, for the index to compare; two of 2**63 are hardly ever alike."""
    return int.from_bytes(hashlib.blake2b(page.encode(), digest_size=8).digest()) >> 1
