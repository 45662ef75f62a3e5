#!/bin/sh
# Installs what the tests need beside Go: a C compiler for the race detector,
# Chromium for the tests of pages and PostgreSQL for those of the store, which
# start a server of their own, and an emulator for the tests of another processor. Where it may not install, it names the command
# that does.
set -eu

need=""
command -v "${CC:-cc}" >/dev/null 2>&1 || command -v gcc >/dev/null 2>&1 || need="$need gcc libc6-dev"
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 ||
	command -v google-chrome >/dev/null 2>&1 || need="$need chromium"
command -v postgres >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || need="$need postgresql"
# Only some of the tests need this one; without it they are skipped.
want=""
command -v qemu-aarch64 >/dev/null 2>&1 || want=" qemu-user"
[ -n "$need$want" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	echo "installing for the tests:$need$want"
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -qq
	# shellcheck disable=SC2086 # a list of packages
	apt-get install -y -qq --no-install-recommends $need $want >/dev/null
	case "$need" in
	# The server that Debian starts for its users is not wanted.
	*postgresql*) service postgresql stop >/dev/null 2>&1 || true ;;
	esac
elif [ -n "$need" ]; then
	echo "The tests need:$need. On Debian or Ubuntu: sudo apt-get install$need" >&2
	exit 1
fi
