"""The mix that 小白 is trained on: which sources, how often each is read, under which licence."""

import csv
from dataclasses import dataclass
from pathlib import Path

from model.tokenizer import ASSETS
from train.corpus import CorpusError, documents, held_out, read
from train.kept_out import kept_out

MIX = ASSETS / "mix.tsv"


@dataclass(frozen=True)
class Source:
    """One text of the mix; weight is how many times a pass over the mix reads it, and may be below one."""

    file: str
    weight: float
    language: str
    kind: str
    documents: int
    characters: int
    licence: str
    source: str
    commit: str


def sources(path: Path = MIX) -> tuple[Source, ...]:
    """Return the sources that a mix file lists."""
    with open(path, encoding="utf-8", newline="") as file:
        return tuple(
            Source(
                **{
                    **row,
                    "weight": float(row["weight"]),
                    "documents": int(row["documents"]),
                    "characters": int(row["characters"]),
                }
            )
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        )


def read_documents(file: str, *folders: Path) -> list[str]:
    """Return a source's documents from the first folder that has the file. Raises CorpusError if none has."""
    for folder in folders:
        if (folder / file).exists():
            return documents(read(folder / file))
    raise CorpusError(f"文件夹里没有 {file}。", f"{file} is not in the folder.")


def training_part(found: list[str]) -> list[str]:
    """Return the documents that may be trained on."""
    return [document for document in found if not held_out(document) and not kept_out(document)]


def held_out_part(found: list[str]) -> list[str]:
    """Return the documents that are kept for measuring."""
    return [document for document in found if held_out(document)]
