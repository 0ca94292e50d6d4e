"""What a report's time is counted from, and what was said in a stretch of chat."""

from __future__ import annotations

import re
from typing import Literal

from linli.charters.rules import Charter
from linli.tickets.rules.times import FROM_REPORT

Ground = Literal["report", "order", "same_day", "next_meeting", "by_law", "none"]


def ground_of(class_code: str, charter: Charter) -> Ground:
    """By what kind of rule a class is due: the day, the meeting, a law, or a span from report or order (SRQ-002)."""
    found = charter.classes.get(class_code)
    if found is None or found.finish is None:
        return "none"
    if found.finish.unit == "same_day":
        return "same_day"
    if found.finish.unit == "next_meeting":
        return "next_meeting"
    if found.finish.unit == "by_law":
        return "by_law"
    return "report" if class_code in FROM_REPORT else "order"


_SAID_BY = re.compile(r"^([^\n:：]{1,30})[:：]\s*$")
_STAMPED = re.compile(
    r"^(?:[^\n]{1,30}?\s+)?(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|昨天|前天|星期.|周.)?\s*(?:[上下]午|晚上|凌晨)?\s*"
    r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s+[^\n]{1,30})?\s*$"
)
_INLINE = re.compile(r"^[^\s:：][^\n:：]{0,11}[:：](?=\s*\S)")
_MARKS = re.compile(r"\[(?:图片|照片|语音|视频|表情|动画表情|文件|链接|位置|[A-Za-z]+|[\u4e00-\u9fff]{1,3})\]")
MOST_SAID = 30


def said_in(chat: str) -> list[str]:
    """What was said in a stretch of chat, one text for each speaker in turn, without names, times and marks.

    A person reads and corrects what comes out; nothing is taken from a group by itself.
    """
    lines = chat.replace("\r\n", "\n").split("\n")
    if not any(_SAID_BY.match(line) or _STAMPED.match(line) for line in lines):
        lines = [part for line in lines for part in ("", _INLINE.sub("", line))]
    said: list[list[str]] = [[]]
    for line in lines:
        is_head = bool(_SAID_BY.match(line) or _STAMPED.match(line))
        if is_head or not line.strip():
            said.append([])
        else:
            said[-1].append(_MARKS.sub("", line).strip())
    texts = ("\n".join(filter(None, some)) for some in said)
    return [text for text in texts if text][:MOST_SAID]


_BUILDING = re.compile(r"(\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:号楼|栋|幢|#)")
_FIGURES = {figure: number for number, figure in enumerate("一二三四五六七八九十", 1)}


def building_in(words: str) -> str:
    """The number of the building that words name ("三栋", "3#"), as figures; "" where they name none."""
    found = _BUILDING.search(words)
    if not found:
        return ""
    said = found[1]
    if said.isdigit():
        return str(int(said))
    tens, _, ones = said.rpartition("十") if "十" in said else ("", "", said)
    return str(("十" in said) * 10 * (_FIGURES.get(tens, 1)) + _FIGURES.get(ones, 0))
