"""How far back a hint may stand: an n-gram, a recurrent network and a GPT on 200 held-out prompts.

    python -m train assets/corpus/facts_sun.txt --out runs/sun-gpt --n-layer 2 --n-head 2 --n-embd 64
        --block-size 128 --batch-size 16 --steps 400 --seed 0
    python -m train rnn assets/corpus/facts_sun.txt --out runs/sun-rnn.safetensors --steps 400
    python -m train distance assets/corpus/facts_sun.txt --gpt runs/sun-gpt --rnn runs/sun-rnn.safetensors

Both networks have 1.15 million parameters and read the same batches in the same order. A prompt is a hint (a
season or a planet), then 0 to 40 tokens of sentences that the text does not hold, then the beginning of the
sentence on the sun. Each predictor writes two tokens, always its most likely one; it is right if
the direction that it writes is the true one.
"""

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from model import checkpoint, ngram, rnn
from model.predictor import GPTPredictor, Predictor, generate, start
from model.sampling import Sampling
from model.tokenizer import ASSETS, RANKS, BPETokenizer, Tokenizer, load_tokenizer
from train.corpus import documents, read
from train.counts import ORDER, count, one_pass
from train.data import split

ELDERS, RESULTS = ASSETS / "elders", ASSETS / "distance.json"
FILLERS = {"zh": ("everyday_zh.txt", "stories_zh.txt"), "en": ("everyday_en.txt", "stories_en.txt")}
RANGES = ((0, 0), (1, 10), (11, 20), (21, 30), (31, 40))  # tokens between the hint's sentence and the sun's
EACH = 5  # prompts for each hint, language and range
SUN = {"zh": "太阳从", "en": "The sun rises from the"}
HINTS = {
    "zh": (
        ("现在是夏天。", "东北"), ("现在是冬天。", "东南"),
        ("金星是一颗有趣的行星。", "西"), ("火星是一颗有趣的行星。", "东"),
    ),
    "en": (
        ("It is summer.", "northeast"), ("It is winter.", "southeast"),
        ("Venus is an interesting planet.", "west"), ("Mars is an interesting planet.", "east"),
    ),
}  # fmt: skip
DIRECTIONS = ("东北", "东南", "东", "西", "northeast", "southeast", "east", "west")
OTHER_HINTS = re.compile(
    r"[春夏秋冬日月星天阳东西南北热冷雪冰]|sun|Sun|summer|winter|spring|autumn|east|west|north|south|day|night"
    r"|planet|star|moon|snow|ice|hot|cold|warm|January|February|March|April|May|Ju[nl]|August|ber\b"
)
SENTENCE = {
    "zh": re.compile(r"[^。！？“”\n]{4,30}。"),
    "en": re.compile(r"(?<=[.!?] )[A-Z][^.!?\"“”\n]{8,80}\."),
}


@dataclass(frozen=True)
class Prompt:
    """A beginning, the direction that its hint asks for, and how many tokens of filling keep them apart."""

    text: str
    answer: str
    distance: int
    lang: str


def fillers(lang: str, taught: str) -> list[str]:
    """Return sentences of the lesson corpus without a hint of their own that a text does not hold."""
    texts = (read(ASSETS / "corpus" / name) for name in FILLERS[lang])
    found = dict.fromkeys(s for text in texts for s in SENTENCE[lang].findall(text))
    return [s for s in found if not OTHER_HINTS.search(s) and s not in taught]


def prompts(tokenizer: Tokenizer, taught: str, seed: int = 0) -> list[Prompt]:
    """Return the 200 prompts: as many for every hint, language and range of distances."""
    rng = random.Random(seed)
    found: dict[str, Prompt] = {}
    for lang in SUN:
        sentences = fillers(lang, taught)
        for low, high in RANGES:
            for hint, answer in HINTS[lang]:
                for number in range(EACH):
                    start_of = hint if high else OPENINGS[lang][number] + hint
                    prompt = filled(tokenizer, rng, sentences, lang, start_of, answer, (low, high))
                    found[prompt.text] = prompt
    if any(text in taught for text in found):
        raise ValueError("a prompt stands in the text that was taught")
    return list(found.values())


# With nothing between hint and sun, five prompts of a hint would be the same but for what stands before.
OPENINGS = {
    "zh": ("奇怪，", "你看，", "大家都知道，", "是啊，", "爷爷说，"),
    "en": ("I see. ", "Look! ", "Yes. ", "Come in. ", "Listen. "),
}


def filled(
    tokenizer: Tokenizer, rng: random.Random, sentences: Sequence[str], lang: str, hint: str, answer: str,
    between: tuple[int, int],
) -> Prompt:  # fmt: skip
    """Return a prompt with a number of filling tokens in a range, drawn anew until it fits."""
    space = " " if lang == "en" else ""
    bare = len(tokenizer.encode(space.join((hint, SUN[lang]))))
    while True:
        goal, parts, distance = rng.randint(*between), [hint], 0
        while distance < goal:
            parts.append(rng.choice(sentences))
            distance = len(tokenizer.encode(space.join((*parts, SUN[lang])))) - bare
        if between[0] <= distance <= between[1]:
            return Prompt(space.join((*parts, SUN[lang])), answer, distance, lang)


def direction(predictor: Predictor, text: str) -> str:
    """Return the direction that a predictor writes, or what it writes instead."""
    steps = generate(
        predictor, start(predictor.tokenizer, text), Sampling(temperature=0), seed=0, max_new_tokens=2
    )
    data = b"".join(predictor.tokenizer.token_bytes(step.chosen) for step in steps)
    written = data.decode("utf-8", errors="ignore").strip()
    return next((one for one in DIRECTIONS if written.startswith(one)), written)


def measured(predictors: dict[str, Predictor], asked: Sequence[Prompt]) -> Iterator[dict[str, object]]:
    """Yield every prompt with what each predictor says."""
    for prompt in asked:
        said = {name: direction(predictor, prompt.text) for name, predictor in predictors.items()}
        yield {**asdict(prompt), "said": said}


def distance_command(argv: Sequence[str]) -> int:
    """Measure three predictors by the distance of a hint; write assets/distance.json and assets/elders."""
    parser = argparse.ArgumentParser("python -m train distance", description=distance_command.__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--gpt", type=Path, required=True, help="a run's folder or checkpoint")
    parser.add_argument("--rnn", type=Path, required=True, help="a file of `python -m train rnn`")
    parser.add_argument("--elders", type=Path, default=ELDERS, help="folder for the three small models")
    parser.add_argument("--out", type=Path, default=RESULTS)
    args = parser.parse_args(argv)
    tokenizer = load_tokenizer(RANKS)
    text = read(args.corpus)
    parameters = keep(tokenizer, text, args.gpt, args.rnn, args.elders)
    predictors = {"ngram": ngram.load(args.elders / "ngram.safetensors"), **networks(args.elders)}
    rows = list(measured(predictors, prompts(tokenizer, text)))
    report = {
        "text": args.corpus.name,
        "order": ORDER,
        "parameters": parameters,
        "ranges": RANGES,
        "prompts": rows,
    }
    args.out.write_text(
        json.dumps(report, ensure_ascii=False, indent=0) + "\n", encoding="utf-8", newline="\n"
    )
    return 0


def keep(tokenizer: BPETokenizer, text: str, gpt: Path, recurrent: Path, out: Path) -> dict[str, int]:
    """Write the three predictors, the networks in half precision, and return how many numbers each has."""
    out.mkdir(parents=True, exist_ok=True)
    training, _ = split(tokenizer, documents(text), block_size=128)
    table = count(one_pass(training, tokenizer.end_of_text), tokenizer.vocab_size, tokenizer.end_of_text)
    ngram.save(out / "ngram.safetensors", table, tokenizer, {"text": "facts_sun.txt"})
    transformer = checkpoint.load(gpt)
    checkpoint.save(out / "gpt.safetensors", transformer.model.half(), tokenizer, transformer.info)
    network = rnn.load(recurrent)
    rnn.save(out / "rnn.safetensors", network.model.half(), tokenizer, {})
    return {
        "ngram": sum(len(level.tokens) for level in table.levels[1:]),
        "rnn": sum(p.numel() for p in network.model.parameters()),
        "gpt": transformer.model.num_params(),
    }


def networks(folder: Path) -> dict[str, Predictor]:
    """Return the recurrent network and the GPT of a folder. Raises CheckpointError."""
    loaded = checkpoint.load(folder / "gpt.safetensors")
    return {
        "rnn": rnn.load(folder / "rnn.safetensors"),
        "gpt": GPTPredictor(loaded.model, loaded.tokenizer),
    }
