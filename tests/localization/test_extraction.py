from pathlib import Path
from textwrap import dedent

import pytest

from bot.localization.extraction import NotExtractable, Source, extract, joined


def extracted(folder: Path, code: str, name: str = "bot/a.py") -> list[Source]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(code), "utf-8")
    return extract(folder, ["bot"])


def test_a_sentence_is_found_with_its_comment_and_its_place(tmp_path: Path) -> None:
    code = """\
        from bot.text import text

        # An ordinary remark.
        # Translators: the name in the company register,
        # not a brand.
        LABEL = text("apply.legal-name.label", "Legal " "name")
    """
    assert extracted(tmp_path, code) == [
        Source(
            "apply.legal-name.label",
            "Legal name",
            None,
            "the name in the company register,\nnot a brand.",
            ("bot/a.py:6",),
        )
    ]


def test_a_sentence_that_counts_has_two_forms(tmp_path: Path) -> None:
    code = """\
        from bot.text import counted
        LEFT = counted("days-left", "{count} day", "{count} days")
    """
    (found,) = extracted(tmp_path, code)
    assert (found.english, found.plural, found.comment) == ("{count} day", "{count} days", "")


def test_one_comment_serves_every_sentence_of_a_declaration_that_has_none_of_its_own(tmp_path: Path) -> None:
    code = """\
        from bot.text import text

        class Form:
            # Translators: the company's name.
            name: Annotated[str, Ask(
                prompt=text("ask", "What is it called?"),
                # Translators: above the answer.
                label=text("label", "Name"),
            )]

            def say(self):
                return text("other", "Other")
    """
    found = {source.key: source.comment for source in extracted(tmp_path, code)}
    assert found == {"ask": "the company's name.", "label": "above the answer.", "other": ""}


def test_sentences_are_found_under_another_name_and_in_any_depth(tmp_path: Path) -> None:
    code = """\
        from bot.text import text as words
        async def f():
            for each in ():
                with open("x"):
                    yield words("deep", "Deep.") if each else [words("deeper", "Deeper.")]
    """
    assert [source.key for source in extracted(tmp_path, code)] == ["deep", "deeper"]


def test_the_text_of_others_is_no_sentence_of_ours(tmp_path: Path) -> None:
    code = """\
        # mentions bot.text
        from sqlalchemy import text
        text("select 1")
    """
    assert extracted(tmp_path, code) == []


@pytest.mark.parametrize(
    "call",
    [
        'text("k", "Hello " + name)',
        'text("k", f"Hello {name}")',
        'text(key, "Hello")',
        'text("k")',
        'text("k", english="Hello")',
        'counted("k", "one")',
    ],
)
def test_computed_words_are_refused_with_their_place(tmp_path: Path, call: str) -> None:
    code = f"from bot.text import counted, text\n\nX = {call}\n"
    with pytest.raises(NotExtractable, match=r"bot/a\.py:3: .* takes a key and literal words"):
        extracted(tmp_path, code)


def test_a_file_that_hands_its_sentences_in_can_be_left_out(tmp_path: Path) -> None:
    extracted(tmp_path, 'from bot.text import text\nX = text("k", "Hello.")\n')
    assert extract(tmp_path, ["bot"], skip={"bot/a.py"}) == []


def test_one_sentence_in_two_places_is_one_entry() -> None:
    first = Source("k", "Hello.", places=("a.py:1",))
    second = Source("k", "Hello.", comment="a greeting", places=("b.py:2",))
    assert joined([first, second]) == {"k": Source("k", "Hello.", None, "a greeting", ("a.py:1", "b.py:2"))}


def test_one_key_for_two_sentences_is_refused_with_both_places() -> None:
    first = Source("k", "Hello.", places=("a.py:1",))
    for other in (
        Source("k", "Hi.", places=("b.py:2",)),
        Source("k", "Hello.", "Hellos.", places=("b.py:2",)),
    ):
        with pytest.raises(NotExtractable, match=r"b\.py:2: the key k already .* in a\.py:1"):
            joined([first, other])
