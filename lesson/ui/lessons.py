"""The lessons tab: a list of chapters, and in each its parts: prose, tasks, and an exhibit."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

import gradio as gr

from lesson import params
from lesson.chapters.chapter import Chapter, Part
from lesson.exhibits.exhibit import Ask
from lesson.plan import plan
from lesson.school import School
from lesson.ui.components import ASSETS, Piece, as_value, joined
from lesson.ui.playground import BROKEN, Controls
from lesson.views.token import Json
from lesson.words import Refusal, Text

LOG = logging.getLogger(__name__)
PHRASES: dict[str, Text] = {
    "tabLessons": Text("课程", "Lessons"),
    "chapters": Text("九章课程", "Nine chapters"),
    "chapterNumber": Text("第 {n} 章", "Chapter {n}"),
    "chapterMinutes": Text("约 {n} 分钟", "about {n} minutes"),
    "chapterDone": Text("{n} / {all} 完成", "{n} of {all} done"),
    "chapterNext": Text("下一章：{title}", "Next: {title}"),
    "chapterAgain": Text("清空进度", "Clear progress"),
    "taskTry": Text("试一试", "Try it"),
    "taskHint": Text("提示", "Hint"),
    "taskDone": Text("做到了", "Done"),
    "taskOpen": Text("还没做", "Not done yet"),
    "taskNext": Text("接下来", "Next"),
    "taskLink": Text("复制这道题的链接", "Copy a link to this task"),
    "planOpen": Text("教案", "Teacher’s plan"),
    "planTitle": Text("一节课的教案：语言模型是怎么猜词的", "Teacher’s plan: how a language model guesses"),
    "planAbout": Text(
        "{n} 分钟，一台投影，学生每人一个浏览器（没有也行）。网址：{at}。进度存在各自的浏览器里，不用登录。",
        "{n} minutes, one projector, a browser for every pupil (or none). Address: {at}. "
        "Progress is kept in each browser; there is no login.",
    ),
    "planColon": Text("：", ": "),
    "planLink": Text("打开这一局", "open this game"),
    "planPrint": Text("打印", "Print"),
    "planClose": Text("关上", "Close"),
}


class ChapterList(Piece):
    """The chapters as a row of buttons with their progress; opens one at a time."""

    NAME = "chapters"

    def __init__(self, chapters: Sequence[Chapter]) -> None:
        listed = [
            {
                "id": c.id,
                "title": c.title.json(),
                "question": c.question.json(),
                "tasks": [t.id for t in c.tasks],
            }
            for c in chapters
        ]
        super().__init__(elem_id="chapters", chapters=listed, plan=plan(chapters))

    @classmethod
    def source(cls) -> str:
        """The teacher's plan, which is opened from the same row, and the list itself."""
        return joined("plan", "chapters")


class ChapterHead(Piece):
    """A chapter's number, title, question and length."""

    NAME = "chapter"

    def __init__(self, chapter: Chapter, number: int) -> None:
        super().__init__(
            number=number, chapter=chapter.id, title=chapter.title.json(),
            question=chapter.question.json(), minutes=chapter.minutes,
        )  # fmt: skip


class PartWords(Piece):
    """A part's heading, paragraphs and tasks."""

    NAME = "part"

    def __init__(self, chapter: Chapter, part: Part) -> None:
        tasks = [
            {"id": f"{chapter.id}.{t.id}", "text": t.text.json(), "hint": t.hint.json()} for t in part.tasks
        ]
        super().__init__(
            elem_id=f"part-{chapter.id}-{part.id}", heading=part.heading.json(),
            prose=[text.json() for text in part.prose], tasks=tasks,
        )  # fmt: skip


class ExhibitPiece(Piece):
    """An exhibit of assets/js/exhibits; it asks for what it shows when it is first seen."""

    def __init__(self, chapter: Chapter, part: Part) -> None:
        name = part.exhibit.name
        gr.HTML.__init__(
            self,
            value="null",
            elem_id=f"exhibit-{chapter.id}-{part.id}",
            elem_classes=f"nt-exhibit nt-exhibit-{name}",
            html_template=(ASSETS / "html" / "exhibits" / f"{name}.html").read_text(encoding="utf-8"),
            js_on_load=joined("exhibit", f"exhibits/{name}"),
            apply_default_css=False,
            opening=dict(part.opening),
            chapter=chapter.id,
            part=part.id,
        )


def answer(school: School, chapter: Chapter, part: Part, data: object) -> Json:
    """What an exhibit's script is told: an answer and the tasks that it fulfils, or a refusal."""
    return answer_and_figure(school, chapter, part, data)[0]


def answer_and_figure(school: School, chapter: Chapter, part: Part, data: object) -> tuple[Json, object]:
    """What an exhibit's script is told, and the figure of its chart, or None where there is no new one."""
    given: Ask = data if isinstance(data, dict) else {}
    reply: Json = {"answer": params.whole_number(given.get("answer"), 0, 2**31) or 0}
    try:
        shown = part.exhibit.answer(school, given)
        done = [f"{chapter.id}.{task.id}" for task in part.tasks if task.done(shown.facts)]
    except Refusal as refusal:
        return {**reply, "notice": refusal.text.json()}, None
    except Exception:  # the page must hear of it; what happened is for the log, without what was typed
        LOG.exception("an exhibit failed")
        return {**reply, "notice": BROKEN.json()}, None
    return {**reply, "shown": shown.value, "done": done}, shown.figure


def tab(school: School, chapters: Sequence[Chapter]) -> Callable[[Controls], None]:
    """What fills the lessons tab."""

    def fill(_: Controls) -> None:
        ChapterList(chapters)
        with gr.Tabs(elem_id="chapter-tabs"):
            for number, chapter in enumerate(chapters, start=1):
                with gr.Tab(chapter.title.zh, id=chapter.id, elem_id=f"tab-chapter-{chapter.id}"):
                    lay_out(school, chapter, number)

    return fill


def lay_out(school: School, chapter: Chapter, number: int) -> None:
    """One chapter's components, each exhibit connected to its answers."""
    with gr.Column(elem_classes="nt-chapter"):
        ChapterHead(chapter, number)
        for part in chapter.parts:
            with gr.Row(elem_classes=f"nt-part nt-part-{part.exhibit.name}"):
                with gr.Column(elem_classes="nt-part-words"):
                    PartWords(chapter, part)
                with gr.Column(elem_classes="nt-card nt-part-exhibit"):
                    piece = ExhibitPiece(chapter, part)
                    chart = gr.Plot(elem_classes="nt-plot", show_label=False) if part.exhibit.drawn else None
                    connect(school, chapter, part, piece, chart)


def connect(
    school: School, chapter: Chapter, part: Part, piece: ExhibitPiece, chart: gr.Plot | None = None
) -> None:
    """Connect an exhibit's one event; it is no endpoint."""

    def ask(event: gr.EventData) -> str:
        return as_value(answer(school, chapter, part, event._data))

    def draw(event: gr.EventData) -> tuple[str, object]:
        said, figure = answer_and_figure(school, chapter, part, event._data)
        return as_value(said), gr.skip() if figure is None else figure

    answers, shown_in = (ask, [piece]) if chart is None else (draw, [piece, chart])
    piece.ask(
        answers, None, shown_in, show_progress="hidden", trigger_mode="multiple",
        concurrency_id="infer", concurrency_limit=2, api_visibility="private",
    )  # fmt: skip
