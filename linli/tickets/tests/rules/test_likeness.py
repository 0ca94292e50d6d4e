from linli.tickets.rules.likeness import likeness, metres_between


def test_distance_of_a_thousandth_of_a_degree_north_is_about_111_metres():
    assert round(metres_between((29.650, 91.1), (29.651, 91.1))) == 111


def test_distance_east_shrinks_with_the_latitude():
    assert round(metres_between((60.0, 91.1), (60.0, 91.101))) == 56


def test_likeness_is_the_share_of_common_words():
    assert likeness({"路灯", "不亮"}, {"路灯", "坏了"}) == 1 / 3
    assert likeness(set(), {"路灯"}) == 0
