#!/usr/bin/env bash
# scripts/baseline.sh [COMMIT]: an older build to compare with. Checks COMMIT out in a git work tree below .baseline, with
# the packages of its own lock file, builds it, and prints the folder; one that was built before is only printed.
set -euo pipefail
commit="${1:-cbb9be0}"

case "$commit" in
  -h | --help)
    echo "Usage: scripts/baseline.sh [COMMIT]   (default: cbb9be0)"
    echo "Builds this commit once, in a git work tree below .baseline, and prints its folder."
    exit 0
    ;;
  -*)
    echo "scripts/baseline.sh: there is no option $commit; it takes one commit." >&2
    exit 2
    ;;
esac

cd "$(dirname "${BASH_SOURCE[0]}")/.."
home="$PWD"

if ! git rev-parse --is-inside-work-tree > /dev/null 2>&1; then
  echo "scripts/baseline.sh: $home is no git clone, so there is no older commit to build." >&2
  exit 1
fi
if ! sha="$(git rev-parse --verify --quiet "$commit^{commit}")"; then
  echo "scripts/baseline.sh: commit $commit is not in this clone. If it is a shallow one, fetch the rest with: git fetch --unshallow" >&2
  exit 1
fi

folder="$home/.baseline/$sha"
# Written last: a folder without it was left half built.
mark="$folder/dist/.built"
mkdir -p "$home/.baseline"

build() {
  [ -e "$mark" ] && return
  echo "Building $sha once in $folder; it takes half a minute." >&2
  rm -rf "$folder"
  # The work tree of an earlier try, or of a folder that was removed by hand.
  git worktree prune
  git worktree add --quiet --force --detach "$folder" "$sha"
  cd "$folder"
  npm ci --no-audit --no-fund
  npm run --silent build
  touch "$mark"
}

# Two that ask at the same time build once.
(
  if command -v flock > /dev/null; then flock 9; fi
  build
) 9> "$home/.baseline/.lock" 1>&2

echo "$folder"
