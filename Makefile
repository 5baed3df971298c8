# 寻章。这里的目标与 CI 运行的完全相同。
PORT ?= 8000
NODES ?= 3
VENV := .venv
BIN := $(VENV)/bin
# 最新的、不低于 3.11 的 Python
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell command -v $(name) >/dev/null 2>&1 && $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: help env dev demo site test lint audit choices bench soak faults mutations hostile endurance eval recall ablation tune \
	opensearch opensearch-stop cluster-faults cluster-growth constraints clean

help:
	@echo "make demo   [PORT=8000]  建环境，索引 docs/ 里的手册，启动网页，印出地址"
	@echo "make site                把手册写成网站 build/handbook，带着自己的检索（MkDocs Material）"
	@echo "make dev                 建开发环境，不运行什么"
	@echo "make test                全部测试"
	@echo "make lint                ruff 与 mypy"
	@echo "make audit               查依赖有没有已知的漏洞；有一个查不成就算失败"
	@echo "make choices             改了 indexer/model/choices.py 以后，重写浏览器用的那一份"
	@echo "make bench               与 Whoosh 原样、SQLite FTS5、Tantivy 比建索引和检索"
	@echo "make soak                服务持续受压：延迟与内存"
	@echo "make faults              中途杀死、损坏、写满、替换……逐项计数，不超过 15 分钟"
	@echo "make mutations           一万多份改坏的文件，各种格式；中断后接着来"
	@echo "make hostile             有意为害的文件逐个读一遍，列出结果"
	@echo "make endurance           同上，次数多得多；中断后接着来，结果留在 bench/results/endurance.json"
	@echo "make eval                在问答集上量检索质量"
	@echo "make recall              随机截取原文，看是不是都找得到"
	@echo "make ablation            逐项去掉打分的各项，看各值多少"
	@echo "make tune                交叉验证打分的权重；加 EMBEDDER=onnx:模型目录 连它的权重一起选，eval 也可以加"
	@echo "make opensearch          在本机启动一个真的 OpenSearch 集群，供测试用，印出地址；[NODES=3] 个节点"
	@echo "make opensearch-stop     停掉它"
	@echo "make cluster-faults      杀死、暂停、断开集群的节点，同时查询和更新，逐项说看到了什么"
	@echo "make cluster-growth      同样的文档放在 Whoosh 和集群里，各要多少时间、CPU、磁盘"
	@echo "make constraints         重新记录依赖的确切版本"
	@echo "make clean               删掉环境和演示索引"

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "找不到 Python 3.11 或更高的版本。请先安装，或用 make PYTHON=路径 指明。"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "建不了虚拟环境；Debian/Ubuntu 请先装 python3-venv。"; exit 1; }

$(VENV)/.env: $(BIN)/python pyproject.toml constraints.txt
	@echo "安装依赖……"
	@$(INSTALL) --editable .
	@touch $@

$(VENV)/.dev: $(BIN)/python pyproject.toml constraints.txt
	@echo "安装开发依赖……"
	@$(INSTALL) --editable '.[dev]'
	@touch $@

env: $(VENV)/.env

dev: $(VENV)/.dev

demo: env
	@$(BIN)/xunzhang index docs --index index/demo --prune
	@$(BIN)/xunzhang serve --index index/demo --port $(PORT) || { code=$$?; \
		[ $$code -ne 1 ] || echo "用 make 时这样换端口：make demo PORT=8001"; exit $$code; }

site: dev
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --config-file packaging/handbook/mkdocs.yml

test: dev
	$(BIN)/python -m pytest --numprocesses 2 $(PYTEST_ARGS)

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

audit: dev
	@$(INSTALL) --editable '.[audit]'
	@$(BIN)/python -m tools.audit

choices: dev
	$(BIN)/python -m tools.engine_choices

soak: dev
	$(BIN)/python -m bench.soak

faults: dev
	$(BIN)/python -m bench.faults

mutations: dev
	$(BIN)/python -m bench.faults --only "mutated files" --count 36 --state bench/results/mutations.json

hostile: dev
	$(BIN)/python -m bench.hostile

endurance: dev
	$(BIN)/python -m bench.faults --size endurance --state bench/results/endurance.json

bench: dev
	$(BIN)/python -m bench.speed

eval: dev
	$(BIN)/python -m bench.quality $(if $(EMBEDDER),--embedder $(EMBEDDER))

recall: dev
	$(BIN)/python -m bench.recall

ablation: dev
	$(BIN)/python -m bench.quality --ablation

tune: dev
	$(BIN)/python -m bench.tune $(if $(EMBEDDER),--embedder $(EMBEDDER))

opensearch: dev
	@cluster=$$($(BIN)/python -m tools.opensearch start --nodes $(NODES)) && echo "export XUNZHANG_TEST_OPENSEARCH=$$cluster"

opensearch-stop: dev
	@$(BIN)/python -m tools.opensearch stop

cluster-faults: dev
	$(BIN)/python -m bench.cluster.faults

cluster-growth: dev
	$(BIN)/python -m bench.cluster.growth

# 用最低的 Python 运行（make clean constraints PYTHON=/usr/bin/python3）：更新的 Python 会选出它装不上的版本。
constraints: dev
	@{ echo "# 解析出的依赖版本，由 make constraints 用最低的 Python（3.11.2，Debian 12 自带的）写成：更新的 Python 会选出它装不上的版本。"; $(BIN)/python -m pip freeze --exclude-editable | grep -v '^#'; } > constraints.txt

clean:
	rm -rf $(VENV) index/demo .mypy_cache .ruff_cache .hypothesis
