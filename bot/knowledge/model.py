"""The trained model: for each piece of a question, how much it speaks for and against every topic."""

from __future__ import annotations

import io
import math
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

FILE = Path(__file__).parent / "model.bin"
#: A root that so many phrasings have is a word, and no slip or foreign reading.
WORD_FROM = 3


class Decision(BaseModel):
    """A logistic regression over the evidence of a question."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    weights: tuple[float, ...]
    intercept: float

    def probability(self, evidence: Sequence[float]) -> float:
        logit = self.intercept + sum(w * x for w, x in zip(self.weights, evidence, strict=True))
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))


class Header(BaseModel):
    """What stands before the arrays; with them, all that was learned."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: Of everything it was learned from.
    fingerprint: str
    topics: tuple[str, ...]
    #: Number of phrasings, of pieces with planes, of pieces too rare for planes, and of pairs of a piece and
    #: a topic where it occurs.
    phrasings: int
    pieces: int
    rare: int
    postings: int
    #: One per topic, the last for what is not ours.
    intercepts: tuple[float, ...]
    #: What a step of a posting's weight is worth.
    step: float
    #: Is it ours? Is the first topic right?
    ours: Decision
    right: Decision
    #: From which probabilities on a topic is the answer (ours, right), and three topics are offered (ours).
    sure: tuple[float, float]
    unsure: float


@dataclass(frozen=True, slots=True)
class Scores:
    """Two views of a question, one value for each topic."""

    #: Signed distances from the planes that part each topic from all others; the last for what is not ours.
    margins: list[float]
    #: BM25 over all phrasings of a topic as one text.
    bm25: list[float]
    #: Which part of the question's pieces the model knows.
    known: float


class Model:
    """Rows of weights, found by the checksum of a piece."""

    def __init__(self, header: Header, arrays: Arrays) -> None:
        self.header = header
        self._arrays = arrays
        self._columns = len(header.topics) + 1

    @classmethod
    def load(cls, path: Path = FILE) -> Model:
        with path.open("rb") as file, io.BufferedReader(_Inflated(file)) as stored:
            header = Header.model_validate_json(stored.readline())
            return cls(header, Arrays.read(stored, header))

    def packed(self) -> bytes:
        return zlib.compress(self.header.model_dump_json().encode() + b"\n" + self._arrays.packed(), 9)

    def knows_word(self, piece: str) -> bool:
        row = self._row(piece)
        return row is not None and row < self.header.pieces and self._arrays.frequencies[row] >= WORD_FROM

    def scores(self, pieces: Sequence[str]) -> Scores:
        rows = [row for piece in pieces if (row := self._row(piece)) is not None]
        return Scores(
            self._margins([row for row in rows if row < self.header.pieces]),
            self._bm25(rows),
            len(rows) / len(pieces) if pieces else 0.0,
        )

    def _row(self, piece: str) -> int | None:
        sought, sums, pieces = checksum(piece), self._arrays.checksums, self.header.pieces
        for low, high in ((0, pieces), (pieces, len(sums))):
            row = bisect_left(sums, sought, low, high)
            if row < high and sums[row] == sought:
                return row
        return None

    def _margins(self, rows: Iterable[int]) -> list[float]:
        totals, square, width = [0.0] * self._columns, 0.0, self._columns
        arrays = self._arrays
        for row in rows:
            rarity = weight_of(arrays.frequencies[row], self.header.phrasings)
            square += rarity * rarity
            step = rarity * arrays.steps[row]
            weights = arrays.planes[row * width : (row + 1) * width]
            totals = [total + step * weight for total, weight in zip(totals, weights, strict=True)]
        length = math.sqrt(square) or 1.0
        return [total / length + base for total, base in zip(totals, self.header.intercepts, strict=True)]

    def _bm25(self, rows: Iterable[int]) -> list[float]:
        totals, arrays = [0] * (self._columns - 1), self._arrays
        for row in rows:
            for at in range(arrays.starts[row], arrays.starts[row + 1]):
                totals[arrays.posted[at]] += arrays.weights[at]
        return [total * self.header.step for total in totals]


@dataclass(frozen=True, slots=True)
class Arrays:
    """The model's numbers: a row for each piece, with postings, and with `topics + 1` weights if not rare."""

    #: Of the pieces, ascending; then of the rare ones, ascending.
    checksums: array[int]
    #: In how many phrasings each piece occurs.
    frequencies: array[int]
    #: What a step of its weights is worth.
    steps: array[float]
    planes: array[int]
    #: Where each piece's postings begin, and at last where they end.
    starts: array[int]
    posted: array[int]
    weights: array[int]

    @classmethod
    def read(cls, stored: io.BufferedReader[_Inflated], header: Header) -> Arrays:
        rows, every = header.pieces, header.pieces + header.rare
        columns = len(header.topics) + 1
        lengths = (every, rows, rows, rows * columns, every + 1, header.postings, header.postings)
        found = []
        for code, length in zip(_CODES, lengths, strict=True):
            values = array(code, [0]) * length
            stored.readinto(values)
            found.append(_little_endian(values))
        return cls(*found)  # type: ignore[arg-type]

    def packed(self) -> bytes:
        return b"".join(_little_endian(array(each.typecode, each)).tobytes() for each in self._each())

    def _each(self) -> Iterator[array[int] | array[float]]:
        yield from (self.checksums, self.frequencies, self.steps, self.planes)
        yield from (self.starts, self.posted, self.weights)


class _Inflated(io.RawIOBase):
    """What a file holds compressed, a piece at a time: read at once, it would leave a hole in memory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._inflate = zlib.decompressobj()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        into = memoryview(buffer).cast("B")
        piece = b""
        while not (piece or self._inflate.eof):
            packed = self._inflate.unconsumed_tail or self._file.read(io.DEFAULT_BUFFER_SIZE)
            if not packed:
                raise EOFError("the model's file is cut short")
            piece = self._inflate.decompress(packed, len(into))
        into[: len(piece)] = piece
        return len(piece)


#: Of the arrays, in order: four bytes, two, a float, a signed byte, four bytes, a byte, two bytes.
_CODES = "IHfbIBH"


def _little_endian(values: array[int] | array[float]) -> array[int] | array[float]:
    if sys.byteorder == "big":
        values.byteswap()
    return values


def checksum(piece: str) -> int:
    return zlib.crc32(piece.encode())


def weight_of(frequency: int, phrasings: int) -> float:
    """The square root of the inverse document frequency, smoothed as scikit-learn does."""
    return math.sqrt(1 + math.log((1 + phrasings) / (1 + frequency)))
