"""Dates and numbers in Tibetan: months by number, so that no name is missing from Django's own catalogues."""

DATE_FORMAT = "Y ལོའི་ཟླ་n ཚེས་j"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "Y ལོའི་ཟླ་n ཚེས་j H:i"
YEAR_MONTH_FORMAT = "Y ལོའི་ཟླ་n"
MONTH_DAY_FORMAT = "ཟླ་n ཚེས་j"
SHORT_DATE_FORMAT = "Y-m-d"
SHORT_DATETIME_FORMAT = "Y-m-d H:i"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"]
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
