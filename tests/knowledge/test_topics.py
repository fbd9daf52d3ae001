"""Every topic is complete, has a source in every language, and keeps its figures out of its sentences."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.knowledge.figures import Figure
from bot.knowledge.topics import FOLDER, Topic, Topics, UnsoundTopics
from bot.localization.catalogs import Catalogs
from bot.localization.locale import LOCALES, Locale
from bot.text import Country, Listing, Money, Month, Text

#: Names that have digits in them. Everything else with a digit is a figure.
NAMES = re.compile(r"(?:Office|Microsoft|Dynamics) 365|21Vianet|MS-AZR-0145P|\{[a-z_]+\}")
FIGURES = re.compile(r"[0-9$€£¥₽%]|\b(?:USD|EUR|dollars?)\b")
#: Words as said in English: a lookup table of countries and an eight-step move come near it.
LONGEST_ANSWER = 150
LONGEST_CHANGES = 50
#: The one copy of which nobody knows how its sections are named.
WITHOUT_ANCHORS = "/ru-ru/partner-center/mpa-indirect-provider-faq"


def sentences(topic: Topic) -> tuple[Text, ...]:
    return (topic.subject, *topic.paragraphs, *topic.points, *topic.steps, *topic.changes)


def forms(sentence: Text) -> list[str]:
    return [sentence.english, *([sentence.plural] if sentence.plural else [])]


def test_all_topics_that_fields_and_rules_name_are_answered(topics: Topics) -> None:
    """C1: one set of ids for all languages."""
    assert len(topics) == 67
    assert next(iter(topics)) == "program.overview"


def test_every_topic_is_cited_in_every_language(topics: Topics) -> None:
    """C2: each answer links page and section in the person's language."""
    for topic in topics.values():
        for locale in Locale:
            assert topic.sources[locale], f"{topic.id} has no source in {locale}"
            for source in topic.sources[locale]:
                assert source.url.startswith(
                    f"https://learn.microsoft.com/{locale.docs.lower()}/partner-center/"
                )
                assert ("#" in source.url) is not source.url.endswith(WITHOUT_ANCHORS)
                assert source.title and source.section


def test_follow_ups_lead_to_other_topics(topics: Topics) -> None:
    """C5"""
    for topic in topics.values():
        assert 2 <= len(topic.follow_ups) <= 4
        assert all(each in topics and each != topic.id for each in topic.follow_ups)
        assert len(set(topic.follow_ups)) == len(topic.follow_ups)


def test_every_topic_can_be_reached_by_follow_ups_from_the_first(topics: Topics) -> None:
    """C5"""
    reached, todo = set[str](), ["program.overview"]
    while todo:
        reached.add(topic := todo.pop())
        todo += set(topics[topic].follow_ups) - reached
    assert reached == set(topics)


def test_no_sentence_holds_a_figure(topics: Topics) -> None:
    for topic in topics.values():
        for sentence in sentences(topic):
            for form in forms(sentence):
                assert not FIGURES.search(NAMES.sub("", form)), f"{sentence.key}: {form}"


def test_every_blank_has_its_figure_in_every_form(topics: Topics) -> None:
    for sentence, _ in topics.texts():
        for form in forms(sentence):
            assert set(re.findall(r"\{(\w+)\}", form)) <= sentence.values.keys(), sentence.key


def test_answers_are_short(topics: Topics) -> None:
    english = Catalogs({})

    def words(said: Iterable[Text]) -> int:
        return sum(len(english.say(sentence, Locale.EN).split()) for sentence in said)

    for topic in topics.values():
        changed = words(topic.changes)
        assert changed <= LONGEST_CHANGES, f"{topic.id} has {changed} words on changes"
        answer = words(sentences(topic)) - changed
        assert answer <= LONGEST_ANSWER, f"{topic.id} has {answer} words"


def test_what_has_changed_is_told_with_its_day(topics: Topics) -> None:
    """C3: who quotes an older rule is told what changed, and when."""
    for topic in topics.values():
        for change in topic.changes:
            assert any(isinstance(value, (date, Month)) for value in change.values.values()), change.key
            assert change.english.endswith(".")


@pytest.mark.parametrize(
    ("topic", "days"),
    [
        ("model.new-partners", ("January 24, 2018", "October 29, 2018")),
        ("direct.revenue", ("October 27, 2020",)),
        ("direct.managed-service", ("October 27, 2020",)),
        ("direct.requirements", ("October 27, 2020", "April 15, 2021")),
        ("direct.twelve-months-indirect", ("December 15, 2020", "April 15, 2021")),
        ("program.customer-agreement", ("January 31, 2020", "May 28, 2021")),
        ("agreement.sign", ("January 31, 2020",)),
        ("account.first-sign-in", ("January 24, 2018", "October 12, 2020")),
        ("application.legal-profile", ("March 16, 2021",)),
    ],
)
def test_who_knows_an_older_rule_hears_since_when_it_is_replaced(
    topics: Topics, topic: str, days: tuple[str, ...]
) -> None:
    """C3"""
    said = " ".join(Catalogs({}).say(change, Locale.EN) for change in topics[topic].changes)
    assert all(day in said for day in days), said


def test_an_amount_of_money_stands_with_its_day_and_where_the_current_one_is(topics: Topics) -> None:
    """C3: what has moved on since is shown with its date."""
    for topic in topics.values():
        values = [value for sentence in sentences(topic) for value in sentence.values.values()]
        if any(isinstance(value, Money) for value in values):
            assert any(isinstance(value, date) for value in values), topic.id
            assert "https://learn.microsoft.com/partner-center/direct-partner-new-requirements" in values


def test_a_list_follows_the_sentence_that_announces_it(topics: Topics) -> None:
    for topic in topics.values():
        announcing = [sentence for sentence in topic.paragraphs if sentence.english.endswith(":")]
        assert not announcing or (announcing == [topic.paragraphs[-1]] and (topic.points or topic.steps)), (
            topic.id
        )


def test_sentences_end_and_list_items_of_a_kind_end_alike(topics: Topics) -> None:
    for topic in topics.values():
        for sentence in topic.paragraphs:
            assert sentence.english.endswith((".", ":", "}")), sentence.key
        assert not topic.subject.english.endswith(".")


def test_keys_are_unique_and_name_their_topic(topics: Topics) -> None:
    keys = [sentence.key for sentence, _ in topics.texts()]
    assert len(keys) == len(set(keys))
    for topic in topics.values():
        assert all(sentence.key.startswith(f"topic.{topic.id}.") for sentence in sentences(topic))


def test_every_sentence_comes_with_a_note_for_translators(topics: Topics) -> None:
    notes = {sentence.key: note for sentence, note in topics.texts()}
    assert all(notes.values())
    assert "Requirements for direct bill" in notes["topic.direct.requirements.who"]


def test_every_sentence_can_be_said(topics: Topics) -> None:
    english = Catalogs({})
    for sentence, _ in topics.texts():
        said = english.say(sentence, Locale.EN)
        assert said and "{" not in said


@pytest.mark.parametrize("locale", list(Locale))
def test_no_value_doubles_the_sign_after_it(topics: Topics, locale: Locale) -> None:
    """A Russian date ends in a full stop itself."""
    catalogs = Catalogs.load(LOCALES)
    for sentence, _ in topics.texts():
        said = catalogs.say(sentence, locale)
        assert not re.search(r"\.\.|[。，]{2}|[.][。，]", said), f"{sentence.key}: {said}"


def test_the_revenue_is_an_amount_with_a_date_and_a_pointer_to_the_current_one(topics: Topics) -> None:
    """C3: what has moved on since is shown with its date."""
    said = [Catalogs({}).say(sentence, Locale.EN) for sentence in topics["direct.revenue"].paragraphs]
    assert "$300,000" in said[0] and "12 months" in said[0]
    assert "October 27, 2020" in said[-1] and "https://" in said[-1]


def test_an_older_copy_is_called_outdated_and_a_machine_translation_is_named(topics: Topics) -> None:
    """C3"""
    [source, *_] = topics["direct.twelve-months-indirect"].sources[Locale.ZH_TW]
    assert source.outdated and source.translation == "human"
    [source, *_] = topics["direct.twelve-months-indirect"].sources[Locale.RU]
    assert not source.outdated
    [source, *_] = topics["verification.business"].sources[Locale.ZH_CN]
    assert source.translation == "machine" and not source.outdated


def test_a_page_that_a_language_lacks_is_dated_like_the_original(topics: Topics) -> None:
    [source, *_] = topics["application.registration-id-types"].sources[Locale.ZH_TW]
    assert source.date.isoformat() == "2021-05-10"
    assert source.translation == "missing" and not source.outdated


def test_a_section_that_an_older_copy_lacks_makes_it_outdated(topics: Topics) -> None:
    [source, *_] = topics["application.registration-id"].sources[Locale.ZH_TW]
    assert source.outdated


def test_an_anchor_that_differs_in_one_language_is_followed(topics: Topics) -> None:
    urls = [source.url for source in topics["verification.statuses"].sources[Locale.ZH_TW]]
    assert any(url.endswith("#when-verification-concludes") for url in urls)


def test_the_comparison_fits_one_card_and_cites_each_row(topics: Topics) -> None:
    """C8"""
    rows = topics.comparison.rows
    assert 6 <= len(rows) <= 8
    for row in rows:
        assert set(row.sources) == set(Locale)
        for cell in (row.aspect, row.indirect, row.direct):
            assert len(cell.english) <= 60
    said = Catalogs({}).say(rows[4].direct, Locale.EN)
    assert said == "Last 12 months: $300,000 (rule since October 27, 2020)"


@pytest.mark.parametrize(
    ("given", "spoken"),
    [
        ({"value": 300000, "unit": "USD"}, Money(300000)),  # type: ignore[arg-type]
        ({"value": 12, "unit": "months"}, 12),
        ({"value": "2020-10", "unit": "month"}, Month(2020, 10)),
        ({"value": ["RU", "TW"], "unit": "countries"}, Listing((Country("RU"), Country("TW")))),
        ({"value": "https://example.com/", "unit": "link"}, "https://example.com/"),
    ],
)
def test_a_figure_becomes_a_value_that_each_language_writes_its_own_way(
    given: object, spoken: object
) -> None:
    assert isinstance(given, dict)
    figure = Figure.model_validate({"id": "x", "as_of": "2021-01-01", "source": "page#section", **given})
    assert figure.spoken() == spoken


def changed(folder: Path, file: str, change: Callable[[list[dict[str, object]]], object]) -> Path:
    """A copy of the knowledge with one file changed."""
    for path in FOLDER.glob("*.yml"):
        shutil.copy(path, folder)
    content = yaml.safe_load((folder / file).read_text("utf-8"))
    change(content)
    (folder / file).write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return folder


def test_a_topic_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsoundTopics, match=r"program\.overview stands twice"):
        Topics.load(changed(tmp_path, "topics.yml", lambda topics: topics.append(topics[0])))


def test_a_follow_up_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsoundTopics, match=r"program\.gone"):
        Topics.load(
            changed(tmp_path, "topics.yml", lambda topics: topics[0].update(follow_ups=["program.gone"]))
        )


def test_a_source_that_is_not_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsoundTopics, match="cites csp-overview#gone"):
        Topics.load(
            changed(tmp_path, "topics.yml", lambda topics: topics[0].update(sources=["csp-overview#gone"]))
        )


def test_a_blank_without_a_figure_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsoundTopics, match="no figure is called moon"):
        Topics.load(changed(tmp_path, "topics.yml", lambda topics: topics[0].update(subject="To the {moon}")))


def test_a_figure_that_no_answer_uses_is_refused(tmp_path: Path) -> None:
    def add(figures: list[dict[str, object]]) -> None:
        figures.append({**figures[0], "id": "spare"})

    with pytest.raises(UnsoundTopics, match="spare"):
        Topics.load(changed(tmp_path, "figures.yml", add))


def test_a_name_that_stands_twice_in_a_topic_is_refused(tmp_path: Path) -> None:
    folder = changed(tmp_path, "topics.yml", lambda topics: None)
    file = folder / "topics.yml"
    file.write_text(file.read_text("utf-8").replace("  subject:", "  subject: Twice\n  subject:", 1), "utf-8")
    with pytest.raises(yaml.YAMLError, match="a key stands twice"):
        Topics.load(folder)
