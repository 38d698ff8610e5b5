# Aliases only: everything stands in ./serai
.PHONY: run test check bench shell lock messages
run test check bench shell lock messages:
	@./serai $@
