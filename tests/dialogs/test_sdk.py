"""What the SDK may bring along: neither recognizers nor an HTTP stack that nobody here uses."""

import subprocess
import sys

LOOKING = """
import sys
import dialogs
print(*sorted(name for name in sys.modules if name.startswith(("recognizers", "botframework", "requests"))))
import recognizers_text
import requests.structures
from botframework.connector.auth import MicrosoftAppCredentials
print(recognizers_text.Culture.Chinese, requests.structures.CaseInsensitiveDict(a=1)["A"])
print(MicrosoftAppCredentials("id", "password").microsoft_app_id)
"""


def test_a_start_leaves_out_what_nobody_uses_and_hides_it_from_nobody() -> None:
    ran = subprocess.run([sys.executable, "-c", LOOKING], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["", "zh-cn 1", "id"]
