"""assets/map.json: the tokens that the map of vectors shows, and a small run's own map at several steps.

    python -c "from lesson.presets import moods; print(moods().text, end='')" > runs/moods.txt
    python -m train runs/moods.txt --out runs/moods --preset tiny --steps 300 --eval-every 50 --seed 0
    python -m train map --run runs/moods

The run is one of the training tab's: sentences on the days of the week, 20 of 100 Mondays 爽 and 80 丧. Its
log holds the map of every evaluation, all drawn in the axes of the last one (train/token_map.py).
"""

import argparse
import json
import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from model.tokenizer import ASSETS, RANKS, Tokenizer, load_tokenizer
from train.corpus import documents, read
from train.data import encode_documents

MAP = ASSETS / "map.json"
TOKENS = 400
WORD = re.compile(
    r"[\u4e00-\u9fff]|[0-9]| [A-Za-z]{2,}"
)  # a Chinese character, a digit, a word after its space


def common_tokens(tokenizer: Tokenizer, corpus: Path, most: int = TOKENS) -> list[int]:
    """Return the ids of the most frequent tokens of a folder's texts that are a character or a word."""
    found = [d for path in sorted(corpus.glob("*.txt")) for d in documents(read(path))]
    counts = np.bincount(encode_documents(tokenizer, found).ids, minlength=tokenizer.vocab_size)
    ranked = (int(i) for i in np.argsort(-counts, kind="stable") if counts[i])
    return list(islice((i for i in ranked if is_word(tokenizer.token_bytes(i))), most))


def is_word(data: bytes) -> bool:
    """Tell whether bytes are one Chinese character, a digit, or an English word after its space.

    >>> is_word("丧".encode()), is_word(b" sun"), is_word(b"ing")
    (True, True, False)
    """
    return WORD.fullmatch(data.decode("utf-8", "replace")) is not None


def moments(run: Path) -> dict[str, object]:
    """Return the tokens of a run's map and their points by step, read from its log."""
    events = [json.loads(line) for line in (run / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    begun = next(event for event in events if event["event"] == "start")
    drawn = next(event for event in reversed(events) if event["event"] == "map")
    return {"tokens": begun["map_tokens"], "points": drawn["points"]}


def map_command(argv: Sequence[str]) -> int:
    """Write assets/map.json from a run's log and the lesson corpus."""
    parser = argparse.ArgumentParser("python -m train map", description=map_command.__doc__)
    parser.add_argument("--run", type=Path, required=True, help="folder of a finished run")
    parser.add_argument("--out", type=Path, default=MAP)
    args = parser.parse_args(argv)
    tokens = common_tokens(load_tokenizer(RANKS), ASSETS / "corpus")
    content = json.dumps({"tokens": tokens, "moments": moments(args.run)}, separators=(",", ":"))
    args.out.write_text(content + "\n", encoding="utf-8", newline="\n")
    return 0
