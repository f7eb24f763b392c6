"""Whether an installation is still empty, and the one-time code that its console has told."""

from pathlib import Path
from secrets import compare_digest

from django.conf import settings

from yipanqi.ledger.reads import checkpoint


def is_empty() -> bool:
    """Nothing was ever written: only then a place can be founded from the browser."""
    return checkpoint().size == 0


def code_file() -> Path:
    """Where the server keeps the code that it printed; only who owns the machine can read it."""
    return Path(settings.VAR) / "start_code"


def code_matches(typed: str) -> bool:
    """Whether somebody has seen the console; without a code nobody has."""
    kept = code_file().read_text(encoding="ascii").strip() if code_file().exists() else ""
    return bool(kept) and compare_digest(kept.encode(), typed.strip().encode())
