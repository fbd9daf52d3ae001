"""What company registration numbers are called, country by country."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.text import Text, text

# Translators: inside a sentence: any country's number of a company.
GENERIC = text("registration.name.any", "registration number")

NAMES: Mapping[str, Text] = {
    # Translators: inside a sentence: the kind of company number in the United Arab Emirates.
    "AE": text("registration.name.AE", "TRN (VAT number) or tax ID"),
    # Translators: inside a sentence: the kind of company number in Armenia.
    "AM": text("registration.name.AM", "INN or VAT number"),
    # Translators: inside a sentence: the kind of company number in Azerbaijan.
    "AZ": text("registration.name.AZ", "TIN (VÖEN)"),
    # Translators: inside a sentence: the kind of company number in Brazil.
    "BR": text("registration.name.BR", "CNPJ"),
    # Translators: inside a sentence: the kind of company number in Belarus.
    "BY": text("registration.name.BY", "UNP (УНП)"),
    # Translators: inside a sentence: the kind of company number in mainland China.
    "CN": text("registration.name.CN", "unified social credit code (统一社会信用代码)"),
    # Translators: inside a sentence: the kind of company number in Hong Kong.
    "HK": text("registration.name.HK", "business registration number (商業登記號碼)"),
    # Translators: inside a sentence: the kind of company number in Hungary.
    "HU": text("registration.name.HU", "TIN (adószám)"),
    # Translators: inside a sentence: the kinds of company number in India.
    "IN": text("registration.name.IN", "PAN or GSTIN"),
    # Translators: inside a sentence: the kind of company number in Iraq.
    "IQ": text("registration.name.IQ", "TIN"),
    # Translators: inside a sentence: the kind of company number in Kyrgyzstan.
    "KG": text("registration.name.KG", "INN (ИНН)"),
    # Translators: inside a sentence: the kind of company number in Kazakhstan; not the personal IIN (ИИН).
    "KZ": text("registration.name.KZ", "BIN (БИН)"),
    # Translators: inside a sentence: the kind of company number in Moldova; not the personal IDNP.
    "MD": text("registration.name.MD", "IDNO"),
    # Translators: inside a sentence: the kind of company number in Myanmar.
    "MM": text("registration.name.MM", "TIN"),
    # Translators: inside a sentence: the kind of company number in Poland; not the personal PESEL.
    "PL": text("registration.name.PL", "TIN (NIP)"),
    # Translators: inside a sentence: the kind of company number in Russia.
    "RU": text("registration.name.RU", "INN (ИНН)"),
    # Translators: inside a sentence: the kind of company number in Saudi Arabia.
    "SA": text("registration.name.SA", "TIN"),
    # Translators: inside a sentence: the kind of company number in Singapore.
    "SG": text("registration.name.SG", "UEN"),
    # Translators: inside a sentence: the kind of company number in South Sudan.
    "SS": text("registration.name.SS", "TIN"),
    # Translators: inside a sentence: the kind of company number in Thailand.
    "TH": text("registration.name.TH", "TIN"),
    # Translators: inside a sentence: the kinds of company number in Tajikistan.
    "TJ": text("registration.name.TJ", "INN, EIN or KPP (ИНН, ЕИН, КПП)"),
    # Translators: inside a sentence: the kind of company number in Turkey; not the personal NIN.
    "TR": text("registration.name.TR", "TIN (VKN)"),
    # Translators: inside a sentence: the kind of company number in Taiwan.
    "TW": text("registration.name.TW", "UBN (統一編號)"),
    # Translators: inside a sentence: the kind of company number in Ukraine; in Russian ЕГРПОУ.
    "UA": text("registration.name.UA", "EDRPOU (ЄДРПОУ)"),
    # Translators: inside a sentence: the kind of company number in the United States; not the personal SSN.
    "US": text("registration.name.US", "EIN"),
    # Translators: inside a sentence: the kind of company number in Uzbekistan.
    "UZ": text("registration.name.UZ", "INN (STIR)"),
    # Translators: inside a sentence: the kind of company number in Venezuela.
    "VE": text("registration.name.VE", "RIF"),
    # Translators: inside a sentence: the kind of company number in Vietnam.
    "VN": text("registration.name.VN", "TIN (MST)"),
    # Translators: inside a sentence: the kind of company number in South Africa.
    "ZA": text("registration.name.ZA", "TRN"),
}

#: How people name a number in front of it. No letter may follow: “PANCA9999A” is a number itself.
LABELS = re.compile(
    r"^(?:инн/кпп|инн|бин|иин|унп|єдрпоу|егрпоу|едрпоу|огрн|стир|统一社会信用代码|統一社會信用代碼|社会信用代码"
    r"|信用代码|統一編號|统一编号|統編|统编|商業登記號碼|商业登记号码|edrpou|voen|vöen|cnpj|gstin|idno|stir|ubn|uen"
    r"|unp|inn|bin|iin|pan|nip|vkn|mst|rif|ein|trn|tin)(?![^\W\d_])[\s:：№#.-]*",
    re.IGNORECASE,
)
