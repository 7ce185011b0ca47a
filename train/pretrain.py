"""Pretraining: from a folder of texts and the mix to a run like any other."""

from collections.abc import Sequence
from pathlib import Path

from model.tokenizer import ASSETS, BPETokenizer
from train.data import TokenDocuments, encode_documents, join
from train.mix import Source, held_out_part, read_documents, sources, training_part
from train.vocabulary import train_tokenizer

LESSONS = ASSETS / "corpus"
PLAIN = "plain"  # the kinds of text by which fluency is judged are marked so in the mix


def encode_mix(
    tokenizer: BPETokenizer, texts: Path, mix: Sequence[Source]
) -> tuple[TokenDocuments, TokenDocuments]:
    """Return the training documents with their weights, and the held-out ones of the plain sources.

    A source is read from the folder of texts, or the lesson corpus. Raises CorpusError if one is missing.
    """
    training, validation = [], []
    for source in mix:
        found = read_documents(source.file, texts, LESSONS)
        training.append(encode_documents(tokenizer, training_part(found), source.weight))
        if PLAIN in source.kind:
            validation.append(encode_documents(tokenizer, held_out_part(found)))
    return join(training), join(validation)


def learn_tokenizer(texts: Path, vocab_size: int) -> BPETokenizer:
    """Return a vocabulary learnt from a pass over the mix: rare sources count as little as they are read."""
    mix = sources(part="main")

    def passes():
        for source in mix:
            found = training_part(read_documents(source.file, texts, LESSONS))
            copies = max(1, round(source.weight))
            share = 1 if source.weight >= 1 else max(1, round(1 / source.weight))
            yield from found[::share] * copies

    return train_tokenizer(passes(), vocab_size)
