"""The stock shape: the SDK's CloudAdapter, memory storage, an activity handler and a waterfall of prompts."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable

from aiohttp import web
from botbuilder.core import (
    ActivityHandler,
    ConversationState,
    MemoryStorage,
    MessageFactory,
    TurnContext,
    UserState,
)
from botbuilder.dialogs import (
    ComponentDialog,
    DialogSet,
    DialogTurnResult,
    DialogTurnStatus,
    WaterfallDialog,
    WaterfallStepContext,
)
from botbuilder.dialogs.prompts import PromptOptions, TextPrompt
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication

Step = Callable[[WaterfallStepContext], Awaitable[DialogTurnResult]]

QUESTION = "Question {} of {}. What is your company's legal name, as it stands in the company register?"


class Form(ComponentDialog):
    """As many prompts as our form has questions; the answers go to the user's state at the end."""

    def __init__(self, user_state: UserState, steps: int) -> None:
        super().__init__("form")
        self.profile = user_state.create_property("profile")
        self.steps = steps
        self.add_dialog(TextPrompt("text"))
        self.add_dialog(WaterfallDialog("questions", [self.question(n) for n in range(steps)] + [self.done]))
        self.initial_dialog_id = "questions"

    def question(self, number: int) -> Step:
        async def ask(step: WaterfallStepContext) -> DialogTurnResult:
            if number:
                step.values[f"answer-{number - 1}"] = step.result
            prompt = MessageFactory.text(QUESTION.format(number + 1, self.steps))
            return await step.prompt("text", PromptOptions(prompt=prompt))

        return ask

    async def done(self, step: WaterfallStepContext) -> DialogTurnResult:
        profile = await self.profile.get(step.context, dict)
        profile.update(step.values)
        await step.context.send_activity(MessageFactory.text("Thank you. Your application was sent."))
        return await step.end_dialog()


class Bot(ActivityHandler):
    def __init__(self, conversation_state: ConversationState, user_state: UserState, steps: int) -> None:
        self.conversation_state = conversation_state
        self.user_state = user_state
        self.dialogs = DialogSet(conversation_state.create_property("dialogs"))
        self.dialogs.add(Form(user_state, steps))

    async def on_turn(self, turn_context: TurnContext) -> None:
        await super().on_turn(turn_context)
        await self.conversation_state.save_changes(turn_context)
        await self.user_state.save_changes(turn_context)

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        dialog = await self.dialogs.create_context(turn_context)
        if (await dialog.continue_dialog()).status == DialogTurnStatus.Empty:
            await dialog.begin_dialog("form")


class Unauthenticated:
    """The settings the SDK reads for "no identity"."""

    APP_ID = ""
    APP_PASSWORD = ""
    APP_TYPE = "MultiTenant"
    APP_TENANTID = ""


def app(steps: int) -> web.Application:
    storage = MemoryStorage()
    bot = Bot(ConversationState(storage), UserState(storage), steps)
    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(Unauthenticated()))

    async def receive(request: web.Request) -> web.Response:
        return await adapter.process(request, bot)

    async def healthy(request: web.Request) -> web.Response:
        return web.Response(text="ok")

    made = web.Application()
    made.router.add_post("/api/messages", receive)
    made.router.add_get("/healthz", healthy)
    return made


if __name__ == "__main__":
    web.run_app(
        app(int(sys.argv[1])),
        host="127.0.0.1",
        port=int(os.environ["PORT"]),
        access_log=None,
        print=None,
    )
