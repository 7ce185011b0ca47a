"""The nine chapters, in the order of the curriculum. A new chapter is one new file, named here."""

from lesson.chapters import c2_guess
from lesson.chapters.chapter import Chapter
from lesson.exhibits import guess
from lesson.words import Text

CHAPTERS: tuple[Chapter, ...] = (c2_guess.CHAPTER,)

# the words of the exhibits' scripts
PHRASES: dict[str, Text] = {
    **guess.PHRASES,
}
