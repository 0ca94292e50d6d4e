"""The pages of the spine: the thread, my day, search; and a handover."""
