from timeit import timeit

import pytest

from linli.charters.rules.profiles import national_charter
from linli.charters.rules.suggest import suggest_categories

TOLD = [
    ("3号楼东单元二楼楼道灯不亮，老人晚上看不见", "street_light"),
    ("小区门口路灯坏了好几天", "street_light"),
    ("下水道堵了，厨房的水下不去", "drain_block"),
    ("一楼门口污水横流，臭气熏天", "sewage_flood"),
    ("电梯又坏了，上不去", "lift"),
    ("有人被困电梯里了快来", "lift_trap"),
    ("楼上漏水，我家天花板湿了", "home_repair"),
    ("停水两天了什么时候来水", "water_stop"),
    ("自来水管爆管，路上都是水", "water_leak"),
    ("楼道里有人给电动车飞线充电", "ebike_stairs"),
    ("消防通道被私家车堵住", "fire_lane"),
    ("有车乱停挡住单元门口出不去", "parking_block"),
    ("垃圾桶满了没人清", "rubbish_heap"),
    ("沙发等大件垃圾扔在楼下一个月", "bulky_waste"),
    ("井盖不见了很危险", "manhole"),
    ("外墙瓷砖脱落差点砸到人", "falling"),
    ("闻到一股煤气味", "gas_smell"),
    ("暖气不热，室内只有12度", "heat_stop"),
    ("有流浪狗追小孩", "stray_animal"),
    ("夜间施工噪音扰民", "noise"),
    ("请问居住证怎么办理", "question"),
    ("The street lights at the gate are out", "street_light"),
    ("Elevator stuck between floors, no one inside", "lift"),
    ("ལམ་སྒྲོན་མི་གསལ།", "street_light"),
    ("གད་སྙིགས་མང་པོ་འདུག", "rubbish_heap"),
    ("三楼着火了", "emergency_now"),
    ("楼下有人打架", "police_now"),
]


@pytest.mark.parametrize(("words", "code"), TOLD)
def test_suggested_category_comes_first(words, code):
    assert suggest_categories(words, national_charter())[0][0] == code


@pytest.mark.parametrize("words", ["", "你好", "🙂", "facelifting for blamp", " " * 50])
def test_nothing_is_suggested_where_nothing_is_known(words):
    assert suggest_categories(words, national_charter()) == []


def test_place_is_offered_where_words_say_nothing():
    assert {code for code, _ in suggest_categories("", national_charter(), "lift")} == {"lift", "lift_trap"}


def test_suggesting_takes_microseconds():
    charter, words = (
        national_charter(),
        "小区3号楼2单元楼道里的灯坏了好几天，晚上老人上下楼很危险，请尽快派人来修一下，谢谢",
    )
    suggest_categories(words, charter)
    assert timeit(lambda: suggest_categories(words, charter), number=200) / 200 < 0.001
