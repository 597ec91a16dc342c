#!/bin/sh
# Some tests need real programs from Debian: a browser, the two servers we write configurations for,
# Java for the W3C's checker of HTML, and a reader of print. Where we may not install them, those tests say so and skip.
html=tests/html
if [ ! -e $html/node_modules/vnu-jar/build/dist/vnu.jar ]; then
  # The package holds the whole checker; its own script would fetch a Java of its own.
  { command -v npm >/dev/null && npm ci --prefix $html --ignore-scripts --no-audit --no-fund --silent; } ||
    echo "no HTML checker (npm is missing or refused); its tests will be skipped by name"
fi
missing=""
[ -x /usr/bin/chromium ] || missing="$missing chromium"
[ -x /usr/bin/chromium-headless-shell ] || missing="$missing chromium-headless-shell"
[ -x /usr/bin/caddy ] || missing="$missing caddy"
[ -x /usr/sbin/nginx ] || missing="$missing nginx-light"
command -v java >/dev/null || missing="$missing default-jre-headless"
command -v tesseract >/dev/null || missing="$missing tesseract-ocr tesseract-ocr-rus"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "not here, and no right to install:$missing; their tests will be skipped by name"
  exit 0
fi
echo "installing for the tests:$missing …"
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  # A freshly installed server would start at once and take the machine's port 80.
  printf '#!/bin/sh\nexit 101\n' >$policy && chmod +x $policy
  trap 'rm -f $policy' EXIT
fi
apt-get update -qq && apt-get install -y -qq $missing >/dev/null ||
  echo "could not install:$missing; their tests will be skipped by name"
