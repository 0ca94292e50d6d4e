import pytest

from linli.charters.rules.profiles import check, profile, profile_names
from linli.charters.tests.conftest import STRICTER

HEAD = '[charter]\ntitle = "测试"\n'


def faults(text: str) -> list[tuple[int | None, str, str]]:
    return [(fault.line, fault.path, fault.code) for fault in check(HEAD + text).faults]


@pytest.mark.parametrize("name", profile_names())
def test_shipped_profiles_have_no_fault(name):
    assert [str(fault) for fault in profile(name).faults] == []


def test_stricter_charter_is_good():
    checked = check(STRICTER)
    assert [str(fault) for fault in checked.faults] == []
    assert checked.data["classes"]["G"]["finish"] == "3个工作日"
    assert "stall" not in checked.data["categories"]
    assert "street_light" in checked.data["categories"]


@pytest.mark.parametrize(
    ("text", "path", "code"),
    [
        ('[classes.G]\nfinish = "7天"', "classes.G.finish", "looser"),
        ('[classes.G]\nfinish = "6 working days"', "classes.G.finish", "looser"),
        ('[classes.E1]\nextensions = 1\nextension = "1天"', "classes.E1.extensions", "looser"),
        ("[classes.S]\nmay_pause = true", "classes.S.may_pause", "looser"),
        ("[classes.S]\nrank = 9", "classes.S.rank", "fixed"),
        ('[classes.Z]\nzh = "慢慢来"\nrank = 9', "classes.Z", "no_new"),
        ("[classes]\nG = false", "classes.G", "no_less"),
        ('[categories.street_light]\nclass = "X"', "categories.street_light.class", "looser"),
        ('[categories.stall]\nlevel = "compound"', "categories.stall.level", "looser"),
        ("[categories.home_repair]\nis_private_home = false", "categories.home_repair.is_private_home", "looser"),
        ("[categories.neighbours]\nis_public = true", "categories.neighbours.is_public", "looser"),
        ("[categories]\nmanhole = false", "categories.manhole", "no_less"),
        ('[steps]\nrating = "6天"', "steps.rating", "looser"),
        ('[steps]\nreopen = "10个工作日"', "steps.reopen", "looser"),
        ('[steps]\ntriage = "1个工作日"', "steps.triage", "looser"),
        ("[thresholds]\nbig_voices = 12", "thresholds.big_voices", "looser"),
        ('[reasons.pause.busy]\nzh = "忙"', "reasons.pause.busy", "no_new"),
        ('[reasons.refuse.busy]\nzh = "忙"', "reasons.refuse.busy", "no_new"),
        ('[reasons.pause.need_info]\nlimit = "8个工作日"', "reasons.pause.need_info.limit", "looser"),
        ("[phones]\npolice = false", "phones.police", "no_less"),
        ("[meeting]\ncutoff_hours = 72", "meeting.cutoff_hours", "looser"),
    ],
)
def test_charter_may_not_loosen_a_floor(text, path, code):
    assert faults(text)[0][1:] == (path, code)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[classes.G]\nfinnish = "3天"', (4, "classes.G.finnish", "unknown_near")),
        ("[classs.G]\nrank = 1", (3, "classs", "unknown_near")),
        ('[classes.G]\nfinish = "soon"', (4, "classes.G.finish", "not_span")),
        ("[classes.G]\nextensions = true", (4, "classes.G.extensions", "not_int")),
        ('[classes.G]\nmay_pause = "no"', (4, "classes.G.may_pause", "not_bool")),
        ("[meeting]\ndays = [31]", (4, "meeting.days", "not_in_range")),
        ("[meeting]\ndays = []", (4, "meeting.days", "no_days")),
        ('[hours]\nspans = ["14:00-18:00", "09:00-12:30"]', (4, "hours.spans", "not_hours")),
        ('[hours]\nspans = ["09:00-12:00"]', (4, "hours.spans", "few_hours")),
        ('[hours]\nsame_day_until = "6pm"', (4, "hours.same_day_until", "not_time")),
        ("[groups]\nwater = 3", (4, "groups.water", "unknown_key")),
        ('[categories.x]\nzh = "新"\ngroup = "water"', (3, "categories.x.class", "missing")),
        ('[categories.x]\nzh = "新"\ngroup = "w"\nclass = "G"', (5, "categories.x.group", "no_such_group")),
        ('[categories.lift]\nclass = "E9"', (4, "categories.lift.class", "looser")),
        ('[categories.lift]\nbody = "robot"', (4, "categories.lift.body", "not_choice")),
        ("[categories]\nnothing = false", (4, "categories.nothing", "nothing_to_remove")),
        ("[categories]\nother = false", (4, "categories.other", "no_other")),
        ('[words]\nreport = { en = "x" }', (4, "words.report", "not_words")),
        ('[phones.office]\nzh = "x"\nnumber = "call me"', (5, "phones.office.number", "unsafe_phone")),
        ('[classes.G]\nextension = "6个工作日"\n[classes.X]\nextension = "40天"', (6, "classes.X.extension", "looser")),
        ("[hours\n", (3, "", "syntax")),
        ("hours = 3", (3, "charter.hours", "unknown_key")),
    ],
)
def test_charter_faults_say_where_they_are(text, fault):
    assert faults(text) == [fault]


def test_charter_that_extends_nothing_known_is_refused():
    found = check('[charter]\nextends = "mars"').faults
    assert [(fault.line, fault.path, fault.code) for fault in found] == [(2, "charter.extends", "no_such_profile")]


def test_charter_that_is_no_charter_at_all_is_refused():
    assert [fault.code for fault in check("hours = 3").faults] == ["not_table"]
    assert [fault.code for fault in check("#" * 400_001).faults] == ["too_large"]


def test_every_fault_says_itself_in_words():
    for text in ('[a]\nb="x"', '[classes.G]\nfinish="9天"\nrank=1', '[categories.lift]\nbody="robot"', "x ="):
        for fault in check(HEAD + text).faults:
            assert str(fault)
            assert "%(" not in str(fault)
