"""`python -m train.stories [FOLDER]`: write the stories and everyday texts and print their measures."""

import sys
from pathlib import Path

from train.stories import documents, write
from train.stories.tables import FOLDER
from train.stories.variety import variety


def main() -> None:
    """Write the files and print a line of figures for each."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER.parent
    written = write(out)
    for name, texts in documents().items():
        figures = "  ".join(f"{n}: {variety(texts, n):.0f}" for n in (10_000, 100_000, written[name]))
        print(f"{name}  {written[name]} characters  {len(texts)} documents  4-grams per 1,000: {figures}")


main()
