# The commands of the project. `make help` lists them.
GO      ?= go
LINT    := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
CORPORA ?= ../shared/corpora

.DEFAULT_GOAL := help
.PHONY: help build run test lint eval bench generate model linear fuzz release clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

build: ## build bin/onrecord, one static binary
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w' -o bin/onrecord ./cmd/onrecord

run: build ## serve the desk with the example stories on http://127.0.0.1:8700/
	bin/onrecord demo --dir build/run

test: ## run every test, race detector on (installs what they need where it may)
	./scripts/test-setup.sh
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then echo "not formatted (run gofmt -w):"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	CGO_ENABLED=1 $(GO) test -race -timeout 60m ./...

lint: ## run golangci-lint, layer rules among them
	$(GO) run $(LINT) run ./...

eval: ## measure accuracy and write docs/accuracy.md and the golden metric files
	$(GO) run ./cmd/onrecord eval --write docs/accuracy.md
	$(GO) test ./internal/eval -run Golden -update

bench: ## measure speed and memory and write docs/performance.md
	$(GO) run ./internal/eval/bench -write docs/performance.md

generate: ## make the compiled tables and the schema anew from their readable text
	$(GO) generate ./...

model: ## train the language model from the corpora marked "train" (some hours)
	./scripts/train-model.sh $(CORPORA) internal/nlp/model.bin

linear: ## train the linear model that it is compared with, into build/linear.bin (5 minutes)
	@mkdir -p build
	$(GO) run ./training -corpora $(CORPORA) -out build/linear.bin

fuzz: ## run every fuzz target for half a minute
	./scripts/fuzz.sh 30s

release: ## build static binaries for the usual systems into build/
	./scripts/release.sh

clean: ## remove what was built
	rm -rf bin build
