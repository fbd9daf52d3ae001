"""What the SDK may bring along: not the recognizers of prompts that nobody here uses."""

import subprocess
import sys

LOOKING = """
import sys
import dialogs
print(*sorted(name for name in sys.modules if name.startswith("recognizers")))
import recognizers_text
print(recognizers_text.Culture.Chinese)
"""


def test_a_start_imports_no_recognizers_and_hides_them_from_nobody() -> None:
    ran = subprocess.run([sys.executable, "-c", LOOKING], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["", "zh-cn"]
