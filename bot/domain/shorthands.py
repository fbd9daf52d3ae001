"""Short answers that stand for another: the same as above, nothing, myself."""

from __future__ import annotations

from bot.domain.normalising import plain

SAME = frozenset(
    {
        "same", "the same", "same as above", "as above", "ditto", "тот же", "та же", "то же", "то же самое",
        "такой же", "там же", "как выше", "同上", "一样", "一樣", "相同", "同", "与上面相同", "與上面相同",
    }
)  # fmt: skip
NOTHING = frozenset(
    {
        "none", "none yet", "not yet", "no", "nothing", "n/a", "na", "i have none", "i have none yet",
        "we have none", "we have none yet", "нет", "пока нет", "еще нет", "ещё нет", "нету", "отсутствует",
        "не имеется", "у нас нет",
        "无", "無", "没有", "沒有", "还没有", "還沒有", "还没", "還沒",
        "暂无", "暫無", "尚未", "尚无", "尚無", "不适用", "不適用", "-",
    }
)  # fmt: skip
SELF = frozenset(
    {
        "we", "us", "me", "i", "myself", "ourselves", "my company", "our company", "the company", "я", "мы",
        "сам", "сама", "сами", "мы сами", "я сам", "я сама", "моя компания", "наша компания", "наша фирма",
        "моя фирма", "我", "本人", "自己", "我自己", "我们", "我們", "我们自己", "我們自己",
        "我们公司", "我們公司", "我公司", "本公司", "敝公司", "我司", "贵公司", "貴公司",
    }
)  # fmt: skip


def means_same(answer: str) -> bool:
    return _bare(answer) in SAME


def means_nothing(answer: str) -> bool:
    return _bare(answer) in NOTHING


def means_self(answer: str) -> bool:
    return _bare(answer) in SELF


def _bare(answer: str) -> str:
    return plain(answer).casefold().rstrip(".!。") or answer.strip()
