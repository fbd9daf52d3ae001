"""Hosts of free mail services; an address there does not show that its owner works for the company."""

from __future__ import annotations

#: Named in the documentation, or by the same rule beyond doubt. A star stands for every public suffix.
DOCUMENTED = frozenset(
    {
        "gmail.com", "googlemail.com", "yahoo.*", "ymail.com", "rocketmail.com", "icloud.com", "me.com",
        "mac.com", "aol.com", "aim.com", "outlook.*", "hotmail.*", "live.*", "msn.com",
    }
)  # fmt: skip

#: Our extension of the rule. Some of these hosts are sold to companies, too, or belong to an employer.
OURS = frozenset(
    {
        # international
        "proton.me", "protonmail.com", "pm.me", "gmx.*", "web.de", "mail.com", "zoho.com", "zohomail.com",
        "tutanota.com", "tuta.io", "fastmail.com", "hey.com", "hushmail.com", "naver.com", "daum.net",
        "hanmail.net", "rediffmail.com",
        # mainland China
        "qq.com", "vip.qq.com", "foxmail.com", "163.com", "vip.163.com", "126.com", "vip.126.com", "yeah.net",
        "188.com", "sina.com", "sina.cn", "vip.sina.com", "sohu.com", "vip.sohu.com", "tom.com", "139.com",
        "189.cn", "wo.cn", "21cn.com", "263.net", "aliyun.com", "chinaren.com", "eyou.com",
        # Taiwan
        "yahoo.com.tw", "kimo.com", "pchome.com.tw", "livemail.tw", "hinet.net", "msa.hinet.net",
        "seed.net.tw", "url.com.tw", "xuite.net", "yam.com",
        # Hong Kong
        "yahoo.com.hk", "netvigator.com", "i-cable.com", "hkbn.net",
        # Russia and its neighbours
        "mail.ru", "bk.ru", "inbox.ru", "list.ru", "internet.ru", "xmail.ru", "vk.com", "yandex.*", "ya.ru",
        "narod.ru", "rambler.ru", "lenta.ru", "autorambler.ru", "myrambler.ru", "ro.ru", "rambler.ua",
        "pochta.ru", "qip.ru", "hotbox.ru", "nm.ru", "ukr.net", "i.ua", "meta.ua", "bigmir.net", "email.ua",
        "tut.by", "mail.by", "open.by", "mail.kz",
    }
)  # fmt: skip
