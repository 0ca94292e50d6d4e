"""The life of a report (DOMAIN B.3.1): its states with the words a resident reads, and the steps between them."""

from django.utils.translation import gettext_lazy as _

from linli.core.flow import Flow, Move, Phase, State

SUBMITTED = "SUBMITTED"
ACCEPTED = "ACCEPTED"
DISPATCHED = "DISPATCHED"
RETURNED = "RETURNED"
IN_PROGRESS = "IN_PROGRESS"
PAUSED = "PAUSED"
AWAITING_REPORTER = "AWAITING_REPORTER"
AWAITING_MEETING = "AWAITING_MEETING"
RESOLVED = "RESOLVED"
AWAITING_RATING = "AWAITING_RATING"
UNDER_REVIEW = "UNDER_REVIEW"
CLOSED = "CLOSED"
CLOSED_EXPLAINED = "CLOSED_EXPLAINED"
NOT_ACCEPTED = "NOT_ACCEPTED"
TRANSFERRED = "TRANSFERRED"
MERGED = "MERGED"
WITHDRAWN = "WITHDRAWN"

STATES = (
    State(SUBMITTED, Phase.OPEN, _("已送到社区")),
    State(ACCEPTED, Phase.OPEN, _("社区接下了")),
    State(DISPATCHED, Phase.OPEN, _("已交给人办")),
    State(RETURNED, Phase.OPEN, _("换谁来办，社区在定")),
    State(IN_PROGRESS, Phase.OPEN, _("正在办")),
    State(PAUSED, Phase.WAITING, _("先停一停")),
    State(AWAITING_REPORTER, Phase.WAITING, _("等您回话")),
    State(AWAITING_MEETING, Phase.WAITING, _("等议事会商量")),
    State(RESOLVED, Phase.OPEN, _("办好了，等人核对")),
    State(AWAITING_RATING, Phase.WAITING, _("办好了，等您打分")),
    State(UNDER_REVIEW, Phase.OPEN, _("换人重新看一遍")),
    State(CLOSED, Phase.DONE, _("办完了")),
    State(CLOSED_EXPLAINED, Phase.DONE, _("办不到，已说明原因")),
    State(NOT_ACCEPTED, Phase.DONE, _("不归社区办，已告诉您找谁")),
    State(TRANSFERRED, Phase.DONE, _("已转给管这事的部门")),
    State(MERGED, Phase.DONE, _("和邻居反映的并在一起办")),
    State(WITHDRAWN, Phase.DONE, _("先收起来了，还可以再提")),
)

AT_DESK = (SUBMITTED, ACCEPTED, RETURNED)
"""Where the community desk must decide."""
WITH_UNIT = (DISPATCHED, IN_PROGRESS)
"""Where somebody has it in hand."""
WAITING = (PAUSED, AWAITING_REPORTER, AWAITING_MEETING)
UNFINISHED = (*AT_DESK, *WITH_UNIT, *WAITING)
"""Where the matter itself is not yet put right."""
ENDED = (CLOSED, CLOSED_EXPLAINED, NOT_ACCEPTED, TRANSFERRED, MERGED, WITHDRAWN)
REVIEWABLE = (NOT_ACCEPTED, TRANSFERRED, CLOSED_EXPLAINED)
"""Endings that may be looked at once more on request."""

REINSTATABLE = (CLOSED, CLOSED_EXPLAINED, NOT_ACCEPTED, TRANSFERRED)
"""Endings that the desk may find to be its own mistake."""
TAKE_BACK = frozenset({"accept", "dispatch", "refuse", "transfer", "hand_up", "send_to_meeting", "explain"})
"""Steps of the desk that it may take back while nobody has been told (`rules.times.TAKE_BACK_WITHIN`)."""

TAKEN = (ACCEPTED, DISPATCHED, NOT_ACCEPTED, TRANSFERRED, AWAITING_MEETING, CLOSED_EXPLAINED)

MOVES = (
    Move("accept", (SUBMITTED,), ACCEPTED, _("社区接下了")),
    Move("refuse", (SUBMITTED, ACCEPTED), NOT_ACCEPTED, _("说明了为什么不归社区办")),
    Move("transfer", AT_DESK, TRANSFERRED, _("转给了管这事的部门")),
    Move("dispatch", (ACCEPTED, RETURNED, *WITH_UNIT), DISPATCHED, _("交给人办")),
    Move("claim", WITH_UNIT, IN_PROGRESS, _("有人接了")),
    Move("take", (DISPATCHED,), IN_PROGRESS, _("办理的单位接了")),
    Move("return", WITH_UNIT, RETURNED, _("办理的单位说不归它办")),
    Move("uphold_return", (RETURNED,), ACCEPTED, _("社区同意换人办")),
    Move("deny_return", (RETURNED,), IN_PROGRESS, _("社区核对过：还由它办")),
    Move("hand_up", (ACCEPTED, RETURNED, *WITH_UNIT), ACCEPTED, _("报给上一级办")),
    Move("ask", (SUBMITTED, ACCEPTED, *WITH_UNIT), AWAITING_REPORTER, _("有句话要问您")),
    Move("answer", (AWAITING_REPORTER,), None, _("您回了话")),
    Move("pause", (ACCEPTED, *WITH_UNIT), PAUSED, _("先停一停")),
    Move("resume", (PAUSED, AWAITING_REPORTER), None, _("接着办")),
    Move("send_to_meeting", (ACCEPTED, RETURNED, IN_PROGRESS), AWAITING_MEETING, _("交给议事会商量")),
    Move("bring_back", (AWAITING_MEETING,), None, _("议事会定了，接着办")),
    Move("finish", WITH_UNIT, RESOLVED, _("办好了")),
    Move("check", (RESOLVED,), AWAITING_RATING, _("核对过了，请您打分")),
    Move("close", (RESOLVED,), CLOSED, _("核对过了")),
    Move("fail_check", (RESOLVED,), IN_PROGRESS, _("核对时还没好，接着办")),
    Move("rate", (AWAITING_RATING,), CLOSED, _("打了分")),
    Move("rework", (AWAITING_RATING, UNDER_REVIEW), IN_PROGRESS, _("还没好，重新办")),
    Move("escalate", (AWAITING_RATING,), UNDER_REVIEW, _("两次都没好，换人来看")),
    Move("lapse", (AWAITING_RATING,), CLOSED, _("到时间没有打分")),
    Move("explain", (ACCEPTED, *WITH_UNIT, AWAITING_MEETING, UNDER_REVIEW), CLOSED_EXPLAINED, _("说明了为什么办不到")),
    Move("ask_review", REVIEWABLE, UNDER_REVIEW, _("请求再看一遍")),
    Move("uphold", (UNDER_REVIEW,), None, _("重新看过：原来的答复没有错")),
    Move("overturn", (UNDER_REVIEW,), ACCEPTED, _("重新看过：这事要办")),
    Move("reopen", (CLOSED, CLOSED_EXPLAINED, WITHDRAWN), None, _("又坏了，接着办")),
    Move("withdraw", UNFINISHED, WITHDRAWN, _("撤回了")),
    Move("merge", (*AT_DESK, *WITH_UNIT), MERGED, _("和同一件事并在一起")),
    Move("unmerge", (MERGED,), None, _("分开单独办")),
    Move("reinstate", REINSTATABLE, None, _("结错了，接着办")),
    Move("take_back", TAKEN, None, _("撤回了刚才那一步")),
    Move("adjust", UNFINISHED, None, _("改了期限或类别")),
)

FLOW = Flow(SUBMITTED, STATES, MOVES)

STATIONS = {
    SUBMITTED: _("反映"),
    ACCEPTED: _("接下"),
    DISPATCHED: _("交办"),
    IN_PROGRESS: _("在办"),
    RESOLVED: _("办好"),
    AWAITING_RATING: _("核对"),
    CLOSED: _("打分"),
}
"""The beads of the thread that a report passes; other states stand on the bead before."""

VERBS = {
    "ticket.opened": _("反映了这件事"),
    "ticket.contacted": _("和反映人联系上了"),
    "ticket.asked": _("有句话要问您"),
    "ticket.answered": _("您回了话"),
    "ticket.imported": _("从别的系统转进来"),
    "ticket.noted": _("记了一笔"),
    "ticket.urged": _("催了一次"),
    "ticket.promised": _("答应了"),
    "ticket.promise_missed": _("答应的事过了期限"),
    "ticket.called_back": _("社区负责人回了电话"),
    "ticket.released": _("文字和照片公开了"),
    "ticket.helped": _("请人帮忙"),
    "ticket.costed": _("记了一笔花费"),
    "ticket.pictured": _("加了照片"),
    "ticket.extended": _("多给了些时间"),
    "ticket.reclassified": _("改了类别"),
    "ticket.body_answered": _("办理的单位回了话"),
    "ticket.relocated": _("改了地点"),
    "ticket.reinstated": _("结错了，接着办"),
    "ticket.taken_back": _("撤回了刚才那一步"),
    "ticket.resized": _("重新定了大小事"),
    "ticket.turned_general": _("当天没办完，按一般的事接着办"),
    "ticket.stepped_aside": _("经办人回避，换人来办"),
    "ticket.followed_up": _("电话回访"),
    "ticket.left_unopened": _("两个办公小时没有人打开，告诉了负责人"),
    "ticket.raised": _("报给了上一级看着办"),
    "ticket.rating_reminded": _("提醒打分"),
    "ticket.voices_joined": _("又有邻居反映同一件事"),
    "ticket.voices_parted": _("有一件分开单独办了"),
    "matter.reminded": _("提醒过经办人"),
    "matter.handed_over": _("经手的人离任，交给了接手的人"),
    "matter.linked": _("和另一件事连在一起"),
    "matter.unlinked": _("和另一件事分开了"),
}
"""What a line of the story says where no step of the table was taken."""

AUDIT_WORDS = {
    "ticket.unit_changed": _("把撤走单位的活转给了接手的单位"),
    "ticket.opened": _("收到一件反映的事"),
    "ticket.answered": _("反映人回了话"),
    "ticket.asked": _("问了反映人一句话"),
    "ticket.claimed": _("接下来办"),
    "ticket.taken": _("单位接下来办"),
    "ticket.return_upheld": _("同意换人办"),
    "ticket.return_denied": _("不同意换人办"),
    "ticket.handed_up": _("报给上一级办"),
    "ticket.brought_back": _("议事会定了，接着办"),
    "ticket.check_failed": _("核对时还没好"),
    "ticket.closed": _("办结了"),
    "ticket.rating_lapsed": _("到时间没有打分，办结了"),
    "ticket.put_away": _("等不到回话，先收起来"),
    "ticket.rework_begun": _("还没好，重新办"),
    "ticket.escalated": _("两次都没好，换人来看"),
    "ticket.review_asked": _("请求再看一遍"),
    "ticket.review_upheld": _("重新看过，原来的答复没有错"),
    "ticket.review_overturned": _("重新看过，这事要办"),
    "ticket.reopened": _("又坏了，接着办"),
    "ticket.voices_joined": _("并进来几位邻居"),
    "ticket.voices_parted": _("几位邻居分出去了"),
    "ticket.unmerged": _("分开单独办"),
    "tickets.imported": _("录入了以前的事"),
    "tickets.words_blanked": _("到期的文字去掉了"),
    "tickets.originals_dropped": _("遮过的照片，原图删掉了"),
    "tickets.contact_blanked": _("到期的联系方式清空了"),
    "tickets.reporter_erased": _("反映人注销，去掉了名字和电话"),
}
"""What the audit page says where the story would speak to the one who reported, or says nothing."""

SOURCES = {
    "web": _("手机或网页"),
    "poster": _("扫码"),
    "phone": _("电话"),
    "desk": _("当面"),
    "grid": _("网格员"),
    "captain": _("楼栋长"),
    "rider": _("随手拍"),
    "chat": _("群里"),
    "speak": _("居民说"),
    "letter": _("来信"),
    "hotline": _("市民热线"),
    "open311": _("其他系统"),
}
"""How a report came in (SRQ-004)."""

TOLD_SOURCES = frozenset({"phone", "desk", "chat", "letter"})
"""Channels by which somebody else tells a clerk."""

NET_SOURCES = frozenset({"web", "poster", "open311"})
"""Channels with the shorter triage clock."""

LEVELS = (_("网格"), _("社区"), _("街道"), _("区"))
"""Who should be able to solve it (SRQ-090): level 1 to 4."""

SIZE_REASONS = {
    "many_buildings": _("不止一栋楼的事"),
    "many_households": _("牵涉十户以上"),
    "common_money": _("要动公共的钱、公共的地方或者规矩"),
    "interests_conflict": _("几家想法不一样"),
    "failed_twice": _("办过两次都没办好"),
    "many_voices": _("三十天里很多邻居都反映过"),
    "table_agreed": _("有一方请求上会，社区同意了"),
    "outside_duty": _("不在小区和网格管的范围里"),
    "other_hands": _("楼栋长、网格员、物业和志愿者办不了"),
    "costs_more": _("花的钱超过当天能办的数"),
    "not_covered": _("钱还没有着落"),
    "needs_decision": _("要业主或居民先定下来"),
    "is_opposed": _("有人不同意"),
    "needs_power": _("要有执法权或发证权的部门来办"),
    "all_at_hand": _("人手、钱和规矩都现成，当天能办"),
    "desk_says": _("社区看过后定的"),
}
"""Why a report is small, general or big, in words (SRQ-020, SRQ-021)."""

SIZE_WORDS = {"small": _("小事，当天办"), "general": _("一般的事"), "big": _("大事，上会商量")}

EMERGENCY_NUMBERS = (
    ("110", _("报警")),
    ("119", _("火警和救人")),
    ("120", _("急救")),
    ("122", _("交通事故")),
)
"""Shown at once where life is in danger; the report itself then keeps only the place."""

ACTS: dict[str, frozenset[str]] = {
    "accept": frozenset({"accept"}),
    "refuse": frozenset({"refuse"}),
    "transfer": frozenset({"transfer"}),
    "dispatch": frozenset({"dispatch"}),
    "claim": frozenset({"claim"}),
    "take": frozenset({"take"}),
    "finish": frozenset({"finish"}),
    "contact": frozenset({"withdraw"}),
    "ask": frozenset({"ask"}),
    "answer": frozenset({"answer"}),
    "return": frozenset({"return"}),
    "decide_return": frozenset({"uphold_return"}),
    "hand_up": frozenset({"hand_up"}),
    "pause": frozenset({"pause"}),
    "resume": frozenset({"resume"}),
    "extend": frozenset({"claim", "take"}),
    "send_to_meeting": frozenset({"send_to_meeting"}),
    "bring_back": frozenset({"bring_back"}),
    "explain": frozenset({"explain"}),
    "check": frozenset({"check"}),
    "fail_check": frozenset({"fail_check"}),
    "rate": frozenset({"rate"}),
    "follow_up": frozenset({"rate"}),
    "review": frozenset({"overturn"}),
    "ask_review": frozenset({"ask_review"}),
    "reopen": frozenset({"reopen"}),
    "urge": frozenset({"withdraw"}),
    "call_back": frozenset(),
    "withdraw": frozenset({"withdraw"}),
    "merge": frozenset({"merge"}),
    "unmerge": frozenset({"unmerge"}),
    "split": frozenset({"accept", "dispatch"}),
    "override": frozenset({"adjust"}),
    "reclassify": frozenset({"adjust"}),
    "record_answer": frozenset({"finish"}),
    "relocate": frozenset({"adjust"}),
    "redirect": frozenset({"claim"}),
    "reinstate": frozenset({"reinstate"}),
    "step_aside": frozenset({"claim"}),
    "add_cost": frozenset({"finish", "check"}),
    "promise": frozenset({"finish"}),
    "note": frozenset(),
    "release": frozenset(),
    "join": frozenset({"withdraw"}),
}
"""The acts that pages offer (`permissions.may_<act>`), and the steps of which one must be open from where it stands."""
