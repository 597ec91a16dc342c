set -eu
umask 077
if [ "$PRIVATE" != true ]; then
  echo "Хранилище открыто всем, а в нём имена и документы детей: сначала закройте его." >&2
  exit 2
fi
case "${NUMBER:-}" in *[!0-9]*) exit 2 ;; esac
rm -rf data.git
git init -q --bare --template= -b main data.git
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_TERMINAL_PROMPT=0 GIT_CONFIG_COUNT=1
export GIT_CONFIG_KEY_0=http.extraHeader
GIT_CONFIG_VALUE_0="Authorization: Basic $(printf '%s:%s' "$LOGIN" "$TOKEN" | base64 | tr -d '\n')"
export GIT_CONFIG_VALUE_0
set -- "$URL" +refs/heads/main:refs/heads/main
if [ -n "${NUMBER:-}" ]; then set -- "$@" "+@ref@:refs/heads/proposed"; fi
git -C data.git -c http.followRedirects=false -c fetch.fsckObjects=true \
  fetch -q --no-tags --no-recurse-submodules "$@"
unset GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0
