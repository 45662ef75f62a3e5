#!/bin/sh
# Builds the static binaries of a release, with their checksums.
set -eu
mkdir -p build
for target in linux/amd64 linux/arm64 darwin/arm64 darwin/amd64 windows/amd64; do
	os=${target%/*} arch=${target#*/}
	out=build/onrecord-$os-$arch
	[ "$os" = windows ] && out=$out.exe
	CGO_ENABLED=0 GOOS=$os GOARCH=$arch go build -trimpath -ldflags '-s -w' -o "$out" ./cmd/onrecord
	echo "$out"
done
(cd build && sha256sum onrecord-* >SHA256SUMS)
