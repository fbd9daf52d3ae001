"""What must never be collected is seen, whatever was asked."""

import pytest

from bot.domain.guard import numbers_in, secrets_in, words_in


@pytest.mark.parametrize(
    "said",
    [
        "my password is ...",
        "My password is hunter2",
        "пароль: qwerty",
        "пароль это qwerty",
        "password hunter2",
        "密码是…",
        "密码：abc123",
        "密碼是 abc",
        "admin / P@ssw0rd",
        "anna.petrova / Qwerty1!",
        "P@ssw0rd",
        "код подтверждения 123456",
        "验证码 8842",
        "CVV 123",
        "PIN: 1234",
    ],
)
def test_a_password_or_code_is_seen(said: str) -> None:
    problem = secrets_in(said)
    assert problem is not None
    assert problem.type == "secret"
    assert problem.unsaid


@pytest.mark.parametrize("said", ["4111111111111111", "карта 4111 1111 1111 1111", "5500-0000-0000-0004"])
def test_a_payment_card_is_seen(said: str) -> None:
    problem = secrets_in(said)
    assert problem is not None
    assert problem.type == "card-number"
    assert problem.unsaid


@pytest.mark.parametrize("said", ["паспорт 4509 123456", "SSN 123-45-6789", "11010519491231002X"])
def test_a_persons_own_number_is_seen(said: str) -> None:
    problem = secrets_in(said)
    assert problem is not None
    assert problem.type == "personal-number"
    assert problem.unsaid


@pytest.mark.parametrize(
    "said",
    [
        "Do you need my password?",
        "How do I reset my password",
        "пароль забыл",
        "密码忘了怎么办",
        "密码是什么",
        "https://contoso.ru/a1!bcdefg",
        "ул. Ленина / д. 5",
        "Anna: anna1@contoso.com",
        "PIN 110001",
        "+86 138 0013 8000",
        "300000",
        "示例科技（上海）有限公司",
        "4111111111111112",
    ],
)
def test_questions_and_ordinary_answers_pass(said: str) -> None:
    assert secrets_in(said) is None


def test_the_problem_does_not_repeat_what_was_said() -> None:
    problem = secrets_in("my password is hunter2")
    assert problem is not None
    assert "hunter2" not in repr(problem)


def test_words_and_numbers_can_be_told_apart() -> None:
    assert words_in("4111111111111111") is None
    assert numbers_in("my password is hunter2") is None
