"""Finds every Text in the source: the calls of `text` and `counted`, with the comments for translators."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

#: What holds our words, seen from the root of the project.
WHERE = ("bot", "dialogs", "app.py")

_MARK = "Translators:"
#: The functions of bot.text by the number of words they take after the key.
_MAKERS = {"text": 1, "counted": 2}


class NotExtractable(ValueError):
    """Words that no catalog can hold: computed ones, or one key for two sentences. Says where."""


@dataclass(frozen=True, slots=True)
class Source:
    """One sentence of ours as the source has it."""

    key: str
    english: str
    plural: str | None = None
    comment: str = ""
    #: "bot/domain/application.py:12": where it is made.
    places: tuple[str, ...] = ()


def extract(root: Path, where: Sequence[str] = WHERE, skip: Collection[str] = ()) -> list[Source]:
    """Every sentence of the project's Python files."""
    found: list[Source] = []
    for path in _files(root, where):
        name = path.relative_to(root).as_posix()
        if name not in skip:
            found += _in_file(path.read_text("utf-8"), name)
    return found


def joined(sources: Iterable[Source]) -> dict[str, Source]:
    """The sentences by key; the same sentence may be made in several places, but a key has one sentence."""
    by_key: dict[str, Source] = {}
    for source in sources:
        known = by_key.get(source.key)
        if known is None:
            by_key[source.key] = source
        elif (known.english, known.plural) == (source.english, source.plural):
            by_key[source.key] = replace(
                known, comment=known.comment or source.comment, places=known.places + source.places
            )
        else:
            raise NotExtractable(
                f"{source.places[0]}: the key {source.key} already stands for another sentence in "
                f"{known.places[0]}; give one of them a key of its own"
            )
    return by_key


def _files(root: Path, where: Sequence[str]) -> Iterator[Path]:
    for name in where:
        path = root / name
        if path.is_file():
            yield path
        else:
            yield from sorted(path.rglob("*.py"))


def _in_file(code: str, name: str) -> Iterator[Source]:
    if "bot.text" not in code:
        return
    tree = ast.parse(code, name)
    makers = _makers(tree)
    if not makers:
        return
    comments = _comment_lines(code)
    for call, starts in _calls(tree, makers):
        yield _source(call, makers, f"{name}:{call.lineno}", _comment_above(comments, starts))


def _makers(tree: ast.Module) -> dict[str, int]:
    """The names under which this file knows `text` and `counted` (SQLAlchemy has a `text` as well)."""
    return {
        alias.asname or alias.name: _MAKERS[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "bot.text"
        for alias in node.names
        if alias.name in _MAKERS
    }


def _calls(tree: ast.Module, makers: dict[str, int]) -> Iterator[tuple[ast.Call, list[int]]]:
    """Each call with the lines above which its comment may stand: its own first, its statement's last."""

    def visit(node: ast.AST, starts: list[int]) -> Iterator[tuple[ast.Call, list[int]]]:
        if isinstance(node, ast.stmt):
            starts = []
        line = getattr(node, "lineno", None)
        if line is not None and line not in starts:
            starts = [line, *starts]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers:
            yield node, starts
        for child in ast.iter_child_nodes(node):
            yield from visit(child, starts)

    return visit(tree, [])


def _source(call: ast.Call, makers: dict[str, int], place: str, comment: str) -> Source:
    assert isinstance(call.func, ast.Name)  # noqa: S101  (for the type checker: _calls yields no others)
    words = [str(argument.value) for argument in call.args if isinstance(argument, ast.Constant)]
    if call.keywords or len(words) != len(call.args) or len(words) != 1 + makers[call.func.id]:
        raise NotExtractable(f"{place}: {call.func.id}(...) takes a key and literal words, nothing computed")
    key, english, *plural = words
    return Source(key, english, plural[0] if plural else None, comment, (place,))


def _comment_lines(code: str) -> dict[int, str]:
    """The comments that have a line for themselves, by line."""
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    return {
        token.start[0]: token.string.lstrip("#").strip()
        for token in tokens
        if token.type == tokenize.COMMENT and token.line.lstrip().startswith("#")
    }


def _comment_above(comments: dict[int, str], starts: Sequence[int]) -> str:
    for start in starts:
        lines: list[str] = []
        while (start := start - 1) in comments:
            lines.insert(0, comments[start])
            if lines[0].startswith(_MARK):
                lines[0] = lines[0].removeprefix(_MARK).strip()
                return "\n".join(lines)
    return ""
