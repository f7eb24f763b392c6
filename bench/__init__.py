"""How fast it is: a county of a hundred thousand projects, a real server, a person with few rights."""

import os
from importlib import import_module
from pathlib import Path

DATABASE = os.environ.get(
    "YIPANQI_BENCH_DATABASE", "postgresql://postgres@127.0.0.1:5432/yipanqi_bench"
)
VAR = Path(__file__).resolve().parent.parent / "var"

os.environ["DJANGO_SETTINGS_MODULE"] = "yipanqi.settings"
os.environ["YIPANQI_DATABASE"] = DATABASE
os.environ.setdefault("YIPANQI_VAR", str(VAR / "bench"))
os.environ.setdefault("YIPANQI_NOW", "2026-11-20T10:00+08:00")
import_module("yipanqi.wsgi")  # as the web server does
