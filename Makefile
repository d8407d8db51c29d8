.PHONY: demo test lint format bench

demo:
	scripts/demo
test:
	scripts/test
lint:
	scripts/lint
format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks
bench:
	scripts/bench
