"""Pure decisions of the spine: numbers, words to search by, clocks."""
