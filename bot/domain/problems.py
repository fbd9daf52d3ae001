"""What can be wrong with an answer, as sentences: pydantic's error types and our own, in one table.

`{example}` is the field's own good example; `checking.check` fills it in.
"""

from __future__ import annotations

from bot.domain.fields import Accepted, Option, Problem
from bot.text import Text, Value, counted, text

# Translators: we understood an answer in our own way and ask for a yes; {value} is what we read.
UNDERSTOOD = text("confirm.understood", "I read this as {value}. Is that right?")

#: By pydantic's error type. What only a program can get wrong has a sentence, too: nothing English slips out.
PYDANTIC: dict[str, Text] = {
    # Translators: {options} lists the possible answers: "yes, no or not sure".
    "literal_error": text("problem.choice", "Please choose one of these: {options}."),
    # Translators: {count} is how many characters are missing.
    "string_too_short": counted(
        "problem.too-short",
        "That is {count} character too short. A good answer looks like this: {example}",
        "That is {count} characters too short. A good answer looks like this: {example}",
    ),
    # Translators: {count} is by how many characters the answer is too long.
    "string_too_long": counted(
        "problem.too-long",
        "That is {count} character too long. Please shorten it, for example {example}.",
        "That is {count} characters too long. Please shorten it, for example {example}.",
    ),
    # Translators: a code or number has a wrong form.
    "string_pattern_mismatch": text(
        "problem.pattern", "That is not the form I expected. Please write it like this: {example}"
    ),
    # Translators: {limit} is a number.
    "greater_than_equal": text(
        "problem.too-small", "That is too little: please give at least {limit}, for example {example}."
    ),
    # Translators: {limit} is a number.
    "less_than_equal": text(
        "problem.too-large", "That is too much: please give at most {limit}, for example {example}."
    ),
    # Translators: a whole number was expected.
    "int_parsing": text("problem.whole-number", "Please give a whole number, for example {example}."),
    # Translators: a whole number with far too many digits.
    "int_parsing_size": text(
        "problem.number-too-long", "That number is too long. Please check it, for example {example}."
    ),
    # Translators: a whole number was expected, a fraction came.
    "int_from_float": text(
        "problem.no-fraction", "Please give a whole number without a fraction, for example {example}."
    ),
    # Translators: an amount of money was expected.
    "decimal_parsing": text("problem.amount", "Please give an amount in digits, for example {example}."),
    # Translators: an amount has more than two decimals.
    "decimal_max_places": text(
        "problem.two-decimals",
        "Please give at most two digits after the decimal sign, for example {example}.",
    ),
    # Translators: an amount is infinite or not a number at all.
    "finite_number": text("problem.finite", "Please give an ordinary number, for example {example}."),
    # Translators: text was expected, and something else came.
    "string_type": text("problem.text", "Please answer in words or digits, for example {example}."),
    # Translators: the text has broken characters in it.
    "string_unicode": text(
        "problem.unicode", "I could not read every character. Please type it again, for example {example}."
    ),
    # Translators: a number was expected, and something else came.
    "int_type": text("problem.number", "Please answer with a number, for example {example}."),
    # Translators: an amount was expected, and something else came.
    "decimal_type": text("problem.amount-type", "Please answer with an amount, for example {example}."),
    # Translators: a whole form was checked and an answer is missing.
    "missing": text("problem.missing", "This still needs an answer, for example {example}."),
    # Translators: a whole form was checked and has an answer to a question that does not exist.
    "extra_forbidden": text("problem.unknown-question", "I do not know this question."),
}

OURS: dict[str, Text] = {
    # -- text and names
    # Translators: an answer consists of signs only; letters are needed.
    "letters": text("problem.letters", "Please write it in letters, for example {example}."),
    # Translators: an answer must fit on one line.
    "line-break": text("problem.line-break", "Please write it on one line, for example {example}."),
    # Translators: {sign} is a character that cannot stand in a name.
    "sign": text(
        "problem.sign",
        "The sign “{sign}” does not belong here. Please leave it out and write it like this: {example}",
    ),
    # Translators: an e-mail address was given where something else was asked.
    "email-instead": text(
        "problem.email-instead",
        "That is an e-mail address. Here I need something else, for example {example}.",
    ),
    # Translators: a web address was given where something else was asked.
    "url-instead": text(
        "problem.url-instead", "That is a web address. Here I need something else, for example {example}."
    ),
    # Translators: the answer was "we", "our company", "myself" or the like.
    "pronoun": text("problem.pronoun", "Please give the name in full, for example {example}."),
    # Translators: only "LLC" or the like was given.
    "legal-form": text(
        "problem.legal-form",
        "That is only the legal form. Please give the full name as in the company register, for example "
        "{example}.",
    ),
    # Translators: only the word "bank" or the like was given.
    "generic": text(
        "problem.generic", "That is too general. Please give the name in full, for example {example}."
    ),
    # Translators: the answer was "same as above", but there is nothing above yet.
    "nothing-above": text(
        "problem.nothing-above", "I have nothing to copy yet. Please type it in full, for example {example}."
    ),
    # -- countries
    # Translators: the code of a country or region is not one we know.
    "country": text("problem.country", "Please give a country or region, for example {example}."),
    # Translators: several territories share one country code; they follow as buttons.
    "which-territory": text("problem.which-territory", "Which one do you mean? Please choose it below."),
    # Translators: {given} and {expected} are countries; a location is an entry in Partner Center.
    "mpn-country": text(
        "problem.mpn-country",
        "This MPN ID belongs to {given}, but your legal address is in {expected}. Use the MPN ID of a "
        "location in {expected}, or add a location there in Partner Center to get a matching ID.",
    ),
    # -- MPN ID
    # Translators: {count} is how many digits were given. Identifiers is a page in Partner Center.
    "mpn-length": counted(
        "problem.mpn-length",
        "An MPN ID has 4 to 10 digits, and this has {count}. You can find yours under Identifiers in "
        "Partner Center, for example {example}.",
        "An MPN ID has 4 to 10 digits, and this has {count}. You can find yours under Identifiers in "
        "Partner Center, for example {example}.",
    ),
    # Translators: an MPN ID never begins with 0.
    "mpn-zero": text(
        "problem.mpn-zero",
        "An MPN ID does not begin with 0. Please copy it from Partner Center, for example {example}.",
    ),
    # -- money
    # Translators: the amount was given in another currency.
    "not-usd": text(
        "problem.not-usd",
        "I need the amount in US dollars and cannot convert it. Please give it as Partner Center shows it, "
        "for example {example}.",
    ),
    # Translators: "about 300,000" was given.
    "approximate": text(
        "problem.approximate",
        "The minimum is strict, so I need the exact figure, for example {example}. You can find it in "
        "Partner Center.",
    ),
    # Translators: a bare dollar sign was typed, which may mean the Taiwan dollar.
    "currency-unclear": text(
        "problem.currency-unclear",
        "I cannot tell which dollars you mean. Please give the amount in US dollars and add USD, for example "
        "{example} USD.",
    ),
    # Translators: "200 to 300 thousand" was given.
    "range": text("problem.range", "That is a range. Please give one exact figure, for example {example}."),
    # Translators: an amount such as "1,234 thousand" can be read in two ways.
    "ambiguous": text(
        "problem.ambiguous",
        "I can read that in two ways. Please write the amount in digits only, for example {example}.",
    ),
    # Translators: the answer is not an amount.
    "not-a-number": text(
        "problem.not-a-number",
        "I cannot read an amount in that. Please write it in digits, for example {example}.",
    ),
    # Translators: a negative amount or number.
    "negative": text(
        "problem.negative", "That is below zero. Please give zero or more, for example {example}."
    ),
    # -- months
    # Translators: a number of months or the first month was expected.
    "not-months": text(
        "problem.not-months",
        "Please give the number of full months, for example {example}, or the month you started, such as "
        "2020-03.",
    ),
    # Translators: a month later than today was given as the start.
    "future-month": text(
        "problem.future-month",
        "That month has not begun yet. Please give the month you started, or the number of months, for "
        "example {example}.",
    ),
    # -- e-mail, domains, the web
    # Translators: not a valid e-mail address.
    "email": text(
        "problem.email", "That is not a complete e-mail address. Please write it like this: {example}"
    ),
    # Translators: {domain} is a service such as gmail.com.
    "free-mail": text(
        "problem.free-mail",
        "{domain} is a free mail service. Please give an address on a domain your company owns, for example "
        "{example}.",
    ),
    # Translators: "info@" or "admin@" was given; {name} is that part of the address.
    "role-mailbox": text(
        "problem.role-mailbox",
        "“{name}” is a shared mailbox. Please give the address of one person, for example {example}.",
    ),
    # Translators: onmicrosoft.com addresses are for signing in.
    "onmicrosoft": text(
        "problem.onmicrosoft",
        "An address on onmicrosoft.com is for signing in and usually receives no mail. Please give a work "
        "address on your company's own domain, for example {example}.",
    ),
    # Translators: {label} is a part of a web address that mixes letters of two alphabets.
    "mixed-domain": text(
        "problem.mixed-domain",
        "“{label}” mixes letters of two alphabets that look alike. Please type it again, for example "
        "{example}.",
    ),
    # Translators: not a registrable domain.
    "domain": text("problem.domain", "Please give the domain your company owns, for example {example}."),
    # Translators: not a web address.
    "url": text("problem.url", "That is not a complete web address. Please write it like this: {example}"),
    # Translators: {scheme} is "ftp" or the like.
    "url-scheme": text(
        "problem.url-scheme",
        "A web address begins with https, not with “{scheme}”. Please write it like this: {example}",
    ),
    # -- phone
    # Translators: not a valid phone number.
    "phone": text(
        "problem.phone",
        "That phone number does not exist in this form. Please give it with its country code: {example}",
    ),
    # Translators: {sign} is the wrong character and {position} its place, counted from 1.
    "phone-sign": text(
        "problem.phone-sign",
        "Character {position} of the phone number is “{sign}”. Please write it in digits, for example "
        "{example}.",
    ),
    # Translators: an extension is the internal number after the phone number.
    "extension": text(
        "problem.extension", "An extension has at most 8 digits. Please check it, for example {example}."
    ),
    # -- indirect provider
    # Translators: Microsoft was named as the indirect provider.
    "provider-microsoft": text(
        "problem.provider-microsoft",
        "Microsoft itself is not an indirect provider. Please name the provider you will work with, for "
        "example {example}, or skip this.",
    ),
    # Translators: the applicant named itself as its provider.
    "provider-self": text(
        "problem.provider-self",
        "An indirect provider is another company. Please name it, for example {example}, or skip this.",
    ),
    # Translators: a web address was given instead of the provider's name.
    "provider-url": text(
        "problem.provider-url", "Please give the provider's name, for example {example}, or skip this."
    ),
    # -- what we never take
    # Translators: the person typed what looks like a password or a one-time code.
    "secret": text(
        "problem.secret",
        "That looks like a password or a code. I never need one, so I have not kept it. If it was real, "
        "please change it.",
    ),
    # Translators: the person typed what looks like the number of a payment card.
    "card-number": text(
        "problem.card-number",
        "That looks like the number of a payment card. I never need one, so I have not kept it. If it was "
        "real, please tell your bank.",
    ),
    # Translators: the person typed a passport number or the like.
    "personal-number": text(
        "problem.personal-number",
        "That looks like a person's own identity number. I only ask for numbers of the company, so I have "
        "not kept it.",
    ),
}

PROBLEMS = {**PYDANTIC, **OURS}


def problem(
    type: str,
    *,
    meant: tuple[Option, ...] = (),
    unsaid: bool = False,
    insisted: Accepted | None = None,
    **values: Value,
) -> Problem:
    """A problem by its type, its sentence filled with what is wrong in this case."""
    return Problem(type, PROBLEMS[type].fill(**values), meant, unsaid, insisted)
