# Everything is in dev/, which needs nothing but Python 3.11. `make help` lists what there is.
PYTHON ?= python3
export PORT UPGRADE

.PHONY: run test check bench reset lock help
.DEFAULT_GOAL := help

run: ## 准备环境并启动演示门户,http://127.0.0.1:8000(PORT=8001 换端口,Ctrl-C 停止)
	@$(PYTHON) -m dev run

test: ## 运行全部测试(ARGS="tests/core -k 关键字" 只运行一部分)
	@$(PYTHON) -m dev test $(ARGS)

check: ## 运行全部静态检查
	@$(PYTHON) -m dev check

bench: ## 运行性能基准(ARGS="hub_import" 只运行一项,见 docs/benchmarks.md)
	@$(PYTHON) -m dev bench $(ARGS)

reset: ## 清空本目录的演示数据库、上传文件和日志
	@$(PYTHON) -m dev reset

lock: ## 按 requirements*.in 重新锁定依赖(UPGRADE=1 升级到新版本)
	@$(PYTHON) -m dev lock

help: ## 显示本说明
	@sed -n 's/^\([a-z]*\): ## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 16
