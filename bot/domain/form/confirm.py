"""The end of the form: the language of messages, and the final yes of the summary."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel

from bot.domain.fields import Ask, Kind, Option
from bot.domain.form.parts import CONFIRM, YES_EXAMPLE, YES_NO
from bot.text import text


class Confirm(BaseModel):
    language: Annotated[
        Literal["zh-CN", "zh-TW", "ru-RU", "en-US"],
        Ask(
            section=CONFIRM,
            # Translators: messages about the application; the languages follow as buttons.
            prompt=text(
                "apply.language.ask", "In which language shall we write to you about the application?"
            ),
            # Translators: names the answer in the summary.
            label=text("apply.language.label", "Language for messages"),
            # Translators: a good answer: the name of your language in your language.
            example=text("apply.language.example", "English"),
            kind=Kind.CHOICE,
            options=(
                # By their own names, whatever language is spoken: nothing to translate.
                Option("zh-CN", "简体中文"),
                Option("zh-TW", "繁體中文"),
                Option("ru-RU", "Русский"),
                Option("en-US", "English"),
            ),
            explained_by=("application.status",),
        ),
    ]
    confirmed: Annotated[
        Literal["yes"],
        Ask(
            section=CONFIRM,
            # Translators: above the summary of all answers.
            prompt=text("apply.confirmed.ask", "Is everything right? Please check the summary and send."),
            # Translators: names the answer in the summary.
            label=text("apply.confirmed.label", "Data checked and complete"),
            example=YES_EXAMPLE,
            kind=Kind.CHOICE,
            options=YES_NO,
            asked=False,
            explained_by=("application.review-time", "application.email-verification"),
        ),
    ]
