.PHONY: setup run test check fmt bench
setup run test check fmt bench:
	@python3 run.py $@
