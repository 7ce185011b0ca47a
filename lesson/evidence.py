"""Evidence: the text that a model was trained on, or the part of it that is here, ready to be searched."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from lesson.words import Text
from model import ngram
from model.ngram import NgramPredictor
from model.tokenizer import Tokenizer
from train.corpus import documents
from train.data import split
from train.index import Index
from train.mix import Source, read_documents, sources, training_part
from train.pretrain import LESSONS

LESSON_CORPUS = Text("课本语料", "the lesson corpus")
RUN_TEXT = Text("这次训练的文本", "the text of this training")
KEPT = 4  # texts of trained models; one that fell off is indexed again when it is asked for


@dataclass(frozen=True)
class Corpus:
    """A searchable text; ``share`` is its part, by characters, of all that one pass of the training reads.

    Where it is only a part, ``counts`` may hold what was counted in the whole, for texts that are not here.
    """

    name: Text
    index: Index
    share: float = 1.0
    counts: NgramPredictor | None = None


Open = Callable[[str], Corpus | None]


class Evidence:
    """The corpus of each model by its name ("" is the shipped one), indexed one by one in the background.

    ``open_corpus`` returns None for a model whose training text is not here. Names come from the server's own
    jobs.
    """

    def __init__(self, open_corpus: Open) -> None:
        self._open = open_corpus
        self._worker = ThreadPoolExecutor(1, "evidence")
        self._found: OrderedDict[str, Future[Corpus | None]] = OrderedDict()
        self._lock = Lock()

    def __call__(self, model: str) -> Future[Corpus | None]:
        """The corpus of a model, now or as soon as it is indexed."""
        with self._lock:
            if model not in self._found:
                self._found[model] = self._worker.submit(self._open, model)
                if len(self._found) > KEPT + 1:
                    self._found.pop(next(name for name in self._found if name))
            self._found.move_to_end(model)
            return self._found[model]


def lesson_corpus(
    tokenizer: Tokenizer,
    *,
    folder: Path = LESSONS,
    mix: Sequence[Source] | None = None,
    counted: Path = ngram.COUNTS,
) -> Corpus:
    """The sources of the mix that ship with the app, but what was held out, and the counts of the whole."""
    listed = sources() if mix is None else mix
    shipped = [source.file for source in listed if (folder / source.file).exists()]
    texts = {file: training_part(read_documents(file, folder)) for file in shipped}
    counts = ngram.load(counted) if counted.exists() else None
    return Corpus(LESSON_CORPUS, Index.build(tokenizer, texts), share(listed, shipped), counts)


def run_text(tokenizer: Tokenizer, text: str, block_size: int) -> Corpus:
    """The part of a run's text that training saw. Raises CorpusError for one too short to train on."""
    training, _ = split(tokenizer, documents(text), block_size)
    return Corpus(RUN_TEXT, Index(training, tokenizer.end_of_text))


def share(mix: Sequence[Source], files: Collection[str]) -> float:
    """Which part of a pass over the mix some files are, by characters; a weight says how often one is read.

    >>> share([], [])
    0.0
    """
    read = {source.file: source.weight * source.characters for source in mix}
    total = sum(read.values())
    return sum(read[file] for file in files) / total if total else 0.0
