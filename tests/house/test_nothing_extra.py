"""Doorstep starts with what `make run` installs: what PostgreSQL and Redis need is read by those who use them."""

import subprocess
import sys

EXTRAS = ("asyncpg", "redis")


def test_the_product_is_read_without_the_packages_of_extras() -> None:
    without = ", ".join(f"{name}=None" for name in EXTRAS)
    code = f"import sys; sys.modules.update({without}); import bot.app, bot.wiring.checkup"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
