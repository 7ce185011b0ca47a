"""The mix that 小白 is trained on: which sources, how often each is read, under which licence.

The training has parts, and each reads the sources with weights of its own: a column of the table each. The
column `read` adds them up: how many times the whole training reads a document of the source.
"""

import csv
from dataclasses import dataclass, fields
from pathlib import Path

from model.tokenizer import ASSETS
from train.corpus import CorpusError, documents, held_out, read
from train.kept_out import kept_out

MIX = ASSETS / "mix.tsv"
READ = "read"
PARTS = (
    "main",
    "main",
    "last",
    "whole",
    "touch",
    "stories",
    "again",
    "tales",
    "more",
    "short",
    "polish",
    "plain",
    "fluent",
)  # columns, as they were read


@dataclass(frozen=True)
class Source:
    """One text of the mix; weight is how many times a pass over it reads the text, and may be below one."""

    file: str
    weight: float
    language: str
    kind: str
    documents: int
    characters: int
    licence: str
    source: str
    commit: str


def sources(path: Path = MIX, part: str = READ) -> tuple[Source, ...]:
    """Return the sources that a part of the training reads, with the weights of its column of the table.

    Raises CorpusError if the table has no such column.
    """
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    if any(part not in row for row in rows):
        raise CorpusError(f"{path.name} 里没有“{part}”这一列。", f"{path.name} has no column {part}.")
    types = {"documents": int, "characters": int, "weight": float}
    names = {field.name: part if field.name == "weight" else field.name for field in fields(Source)}
    found = [
        Source(**{name: types.get(name, str)(row[column]) for name, column in names.items()}) for row in rows
    ]
    return tuple(source for source in found if source.weight)


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
