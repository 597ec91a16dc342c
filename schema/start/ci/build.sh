#!/bin/sh
# Собрать и выложить сайты из main: запускает cron на компьютере школы, где лежит главный ключ.
# Написано командой `stupeni ci`; обновить — ею же.
#
#   17 1 * * *  URL=… SITES=/srv/portfolio STUPENI_BY=lebedeva sh /opt/portfolio/build.sh
#
# URL — адрес хранилища (ключ доступа — у сотрудника, см. README.md рядом), SITES — откуда раздаёт сервер.
set -eu
umask 077
export GIT_CONFIG_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0 STUPENI_LOG=public
room=${ROOM:-$HOME/portfolio}
mkdir -p "$room" "$SITES"
cd "$room"
exec 9> lock
flock -n 9 || exit 0
[ -d data.git ] || git init -q --bare --template= -b main data.git
git -C data.git -c core.hooksPath=/dev/null -c fetch.fsckObjects=true \
  fetch -q --no-tags --no-recurse-submodules "$URL" +refs/heads/main:refs/heads/main
mkdir -p work
git --git-dir=data.git --work-tree=work -c core.bare=false -c core.symlinks=false \
  -c core.hooksPath=/dev/null checkout -q -f main -- portfolios
git --git-dir=data.git --work-tree=work -c core.bare=false -c core.hooksPath=/dev/null clean -qfdx portfolios
stupeni build work/portfolios --output site

register=portfolios/school/register.jsonl
line=$(git -C data.git hash-object -w --stdin < "work/$register")
if [ "$line" != "$(git -C data.git rev-parse -q --verify "main:$register" || true)" ]; then
  export GIT_INDEX_FILE="$room/index"
  git -C data.git read-tree main
  git -C data.git update-index --add --cacheinfo "100644,$line,$register"
  tree=$(git -C data.git write-tree)
  commit=$(git -C data.git -c user.name=stupeni -c user.email=stupeni@localhost \
    commit-tree -p main -m "Журнал: выпуск" "$tree")
  git -C data.git push -q "$URL" "$commit:refs/heads/main"
fi

umask 022
for level in primary basic senior; do
  [ -e "site/$level" ] || continue
  rm -rf "$SITES/.fresh"
  cp -RL "site/$level" "$SITES/.fresh"
  chmod -R u+rwX,go+rX "$SITES/.fresh"
  rm -rf "${SITES:?}/$level"
  mv "$SITES/.fresh" "$SITES/$level"
done

# К утру — отчёт о каждой ветке, которая чего-то ждёт. Имена веток чужие: дальше идут только номера.
umask 077
for commit in $(git ls-remote --heads "$URL" | cut -c1-40 | sort -u); do
  git -C data.git -c core.hooksPath=/dev/null fetch -q --no-tags --no-recurse-submodules "$URL" "$commit"
  git -C data.git merge-base --is-ancestor "$commit" main && continue
  (cd data.git && stupeni review "main...$commit" --output "$room/reports/$commit.html") || true
done
