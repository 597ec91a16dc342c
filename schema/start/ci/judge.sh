set -eu
case "$HEAD" in '' | *[!0-9a-f]*) exit 2 ;; esac
case "$AUTHOR" in '' | *[!0-9]*) exit 2 ;; esac
case "$SENDER" in '' | *[!0-9]*) exit 2 ;; esac
here=$PWD
rm -rf private report.md
alone() {
  env -i HOME="$here" PATH="$here/tool/bin:$PATH" LANG=C.UTF-8 CI=true \
    STUPENI_PRIVATE="$here/private" timeout 900 "$@"
}
cd data.git
verdict=0
for who in $(printf '%s\n' "$AUTHOR" "$SENDER" | sort -u); do
  [ "$verdict" = 1 ] ||
    alone stupeni policy "main...$HEAD" portfolios --author "@account@:$who" --format @form@ || verdict=1
done
if [ "$verdict" = 0 ]; then
  alone stupeni review "main...$HEAD" --format markdown --output "$here/report.md" || verdict=1
fi
if [ ! -s "$here/report.md" ]; then
  echo "**Так изменить нельзя.** Что и почему — в журнале этой проверки." > "$here/report.md"
fi
