"""gum_timex: dates and times of day of GUM documents."""
from set_timex import predict, SCORER  # noqa: F401

ARGS = ["--types", "DATE,TIME"]
FILES = ["gum_timex/dev.jsonl"]
KEYS = ["calendar.1", "calendar.2", "value.2"]
