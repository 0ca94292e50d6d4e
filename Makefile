.PHONY: setup run office update test check fmt bench
setup run office update test check fmt bench:
	@python3 run.py $@
