#!/bin/sh
# Browser tests need a real Chromium; Debian has one. Where we may not install it, they say so and skip.
[ -x /usr/bin/chromium ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing Chromium for the browser tests …"
  apt-get update -qq && apt-get install -y -qq chromium >/dev/null && exit 0
fi
echo "no /usr/bin/chromium and no right to install it: browser tests will be skipped by name"
