"""What the neighbours of 雪莲苑 say: (kind of place, words, rough category), all invented."""

from __future__ import annotations

SMALL = (
    ("stairwell", "三层楼道灯不亮，晚上老人下楼看不见", "street_light"),
    ("stairwell", "单元门关不严，风一吹就响一夜", "door_lock"),
    ("stairwell", "一楼扶手松了，扶着晃", "step_handrail"),
    ("building", "楼门口台阶缺了一角，差点绊倒", "step_handrail"),
    ("building", "楼前坡道被共享单车挡住，轮椅过不去", "barrier_free"),
    ("spot", "花园里健身器材螺丝松了", "playground"),
    ("spot", "垃圾房的门关不严，有味道", "rubbish_heap"),
    ("spot", "南门边堆了一个旧沙发，三天没人收", "bulky_waste"),
    ("stairwell", "四楼到五楼的灯一直闪", "street_light"),
    ("spot", "儿童乐园滑梯边上裂了个口子，怕划手", "playground"),
    ("stairwell", "门禁刷卡没反应，要等别人开门", "door_lock"),
    ("building", "楼下井盖松了，车一过就响", "road_hole"),
)

GENERAL = (
    ("stairwell", "卫生间顶上往下滴水，楼上说不是他家的", "water_leak"),
    ("building", "下水道返水，一楼有臭味", "drain_block"),
    ("spot", "地下车库渗水，有两个车位积水", "water_leak"),
    ("building", "顶楼屋面漏水，一下雨墙就湿", "roof_leak"),
    ("stairwell", "有人把电动车推进楼道充电", "ebike_stairs"),
    ("building", "外墙有一块瓷砖鼓起来了，底下是人行道", "falling"),
    ("spot", "花园的树枝压到电线了", "greening"),
    ("spot", "路面塌了一个坑，晚上看不清", "road_hole"),
)

ELSEWHERE = (
    ("spot", "北门消防通道常被车堵住", "fire_lane", "区消防救援大队", "已转消防，三天内到现场"),
    ("spot", "夜里烧烤摊的烟飘进小区", "stall", "街道综合执法队", "已转执法队，今晚去看"),
)

QUESTIONS = (
    ("building", "养老金认证在哪里办，要带什么", "question"),
    ("building", "物业费的收费标准在哪里能看到", "question"),
)

LIFT = "电梯一停就是三天，能不能彻底修一次"
LIFT_VOICES = (
    "电梯又停了，九楼的老人下不来",
    "电梯关门时抖得厉害，不敢坐",
    "昨天被关在里面二十分钟",
    "东单元电梯按了没反应",
    "电梯坏了，推车上不去",
    "电梯到三楼不停",
    "电梯老是坏，修了又坏",
    "门开了又关，关了又开",
    "电梯里有焦味",
    "又爬了八层楼",
    "电梯卡在两层中间，能看见缝",
    "电梯异响，哐当哐当的",
    "请给个准话，电梯什么时候能修好",
)

PRAISE = ("很快就来了，谢谢师傅", "修得很好", "说到做到", "")
COMPLAINT = ("来看了一眼就走了，灯还是不亮", "说修好了，晚上又坏了")
DONE_WORDS = ("已换新件，试过三次都正常", "已清理干净，现场拍了照", "已加固，明天再看一次", "已联系厂家更换，完成")
