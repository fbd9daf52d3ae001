"""The page about people's data: in their language, for reading only."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from app import create_app
from bot.localization.locale import Locale
from bot.settings import Settings

HEADINGS = {
    Locale.EN: "What happens to your data",
    Locale.ZH_CN: "你的数据如何处理",
    Locale.ZH_TW: "您的資料如何處理",
    Locale.RU: "Что происходит с вашими данными",
}


@pytest.mark.parametrize("locale", list(Locale))
async def test_the_page_speaks_the_readers_language(locale: Locale, tmp_path: Path) -> None:
    """J1, I3: by the address or by the browser's wish; no script, no frame, no form."""
    settings = Settings.read({"BOT_DATA_DIR": str(tmp_path)})
    async with TestClient(TestServer(await create_app(settings))) as client:
        for query, wish in ((f"?locale={locale.value}", "fr"), ("", f"{locale.value},en;q=0.1")):
            response = await client.get(f"/privacy{query}", headers={"Accept-Language": wish})
            page = await response.text()
            assert (response.status, response.content_type) == (200, "text/html")
            assert f'<html lang="{locale.value}">' in page
            assert f"<h1>{HEADINGS[locale]}</h1>" in page
            assert "90" in page
            assert "<script" not in page
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
            style = page.partition('href="/static/privacy.css')[2].partition('"')[0]
            assert (await client.get(f"/static/privacy.css{style}")).status == 200
