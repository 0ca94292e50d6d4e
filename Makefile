.PHONY: setup run office test check fmt bench
setup run office test check fmt bench:
	@python3 run.py $@
