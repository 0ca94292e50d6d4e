import pytest

from linli.core.numbers import check_digit
from linli.tickets.rules.guard import findings_in, redacted, suggested

CARD = "622202000000000000"
CARD += check_digit(CARD)


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("身份证11010519491231002X。", ["identity"]),
        ("身份证110105194912310021。", []),
        (f"卡号{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:]}退款", ["card"]),
        ("打13812345678找我", ["phone"]),
        ("打138-1234-5678找我", ["phone"]),
        ("打12345678901", []),
        ("2号楼东单元201,2026年11月21日", []),
        ("路灯不亮", []),
        ("三楼藏族老人说灯不亮", ["private"]),
        ("他信教，打13812345678", ["phone", "private"]),
        ("His religion does not matter", ["private"]),
        ("民族路的路灯不亮", []),
        ("回族自治县的公交站", []),
        ("关系人民生活", []),
    ],
)
def test_guard_finds_numbers_of_persons(words, kinds):
    assert [finding.kind for finding in findings_in(words)] == kinds


def test_guard_suggests_words_without_the_figures():
    assert redacted("打13812345678找我，或18912345678") == "打138******78找我，或189******78"
    assert redacted("路灯不亮") == "路灯不亮"


def test_guard_suggests_words_without_what_nobody_needs_to_know():
    assert suggested("三楼藏族老人说灯不亮，打13812345678") == "三楼老人说灯不亮，打138******78"
    assert redacted("三楼藏族老人") == "三楼藏族老人"
