"""Stories and everyday texts of the lesson corpus, generated from tables a teacher can change."""

from pathlib import Path

from train.corpus import write_documents
from train.stories import chinese, english
from train.stories.everyday import paragraphs, single_lines
from train.stories.poems import bare_poems, poem_documents
from train.stories.retold import beginnings, tellings
from train.stories.tables import read_words


def documents() -> dict[str, list[str]]:
    """File name -> its documents, the same at every call."""
    chinese_words, english_words = read_words("words_zh.txt"), read_words("words_en.txt")
    zh_frames = ("everyday_zh.txt", "everyday_zh2.txt")
    everyday_english = paragraphs(("everyday_en.txt",), english_words, " ", seed=4, scale=7)
    everyday_english += single_lines("dialogues_en.txt", english_words, seed=8, times=12)
    told_zh, told_en = tellings("zh", seed=10), tellings("en", seed=11)
    return {
        "stories_zh.txt": chinese.stories(seed=1, per_plot=20),
        "stories_en.txt": english.stories(seed=2, per_plot=9),
        "everyday_zh.txt": paragraphs(zh_frames, chinese_words, "", seed=3, scale=9)
        + single_lines("everyday_lines_zh.txt", chinese_words, seed=9, times=16)
        + single_lines("dialogues_zh.txt", chinese_words, seed=7, times=14),
        "everyday_en.txt": [english.polish(text) for text in everyday_english],
        "openings_zh.txt": paragraphs(("frames_openings_zh.txt",), chinese_words, "", seed=5, scale=6),
        "poems_bare_zh.txt": bare_poems(),
        "poems_zh.txt": poem_documents(seed=6, versions=4),
        "retold_zh.txt": told_zh,
        "retold_en.txt": told_en,
        "beginnings_zh.txt": beginnings(told_zh, "zh", seed=10),
        "beginnings_en.txt": beginnings(told_en, "en", seed=11),
        "sentences_zh.txt": beginnings(told_zh, "zh", seed=10, sentences=(1,)),
        "sentences_en.txt": beginnings(told_en, "en", seed=11, sentences=(1,)),
    }


def write(out: Path) -> dict[str, int]:
    """Write every file into the folder, a blank line between documents; returns characters per file."""
    return write_documents(out, documents())
