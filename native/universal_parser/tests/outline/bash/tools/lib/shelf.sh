#!/usr/bin/env bash
# shelf.sh - keeps books in order.
#
# Usage: source shelf.sh

set -euo pipefail

# How many rows.
readonly SHELF_ROWS=10
declare -r SHELF_COLUMNS=20 SHELF_DEPTH=3
export SHELF_HOME="${HOME}/shelf"
export SHELF_MODE
declare -rx BOTH="a b"
declare -A shelf_map=([a]=1)
typeset -r OLD_STYLE=1
SHELF_PLAIN=1
local_thing=2
: "${SHELF_DEFAULT:=7}"

# Opens a shelf.
#
#   shelf_open NAME
#
# Returns 1 when there is none.
shelf_open() {
  local name="$1"
  inner() { echo inner; }
  echo "$name"
}

# Closes it.
function shelf_close {
  true
}

function shelf::push() { # trailing
  echo "$1"
}

function shelf-dashed () ( cd / && ls )

# Hidden by its name.
_shelf_secret() { :; }
__shelf_more() { :; }

# Detached.

shelf_undocumented()
{
  cat <<'EOF'
function not_a_function() {
EOF
}

# shellcheck disable=SC2034
# Only for tools above this line.
shelf_checked() { :; }

if [[ -n "${BASH_VERSION:-}" ]]; then
  # Only in bash.
  shelf_bash() { :; }
else
  shelf_posix() { :; }
fi

# @description Says hello 🎉 to 名前.
shelf_hello() { printf '%s 🎉\n' "$1"; }

alias ll='ls -l'
# Lists all.
alias shelf_ls="ls -a $SHELF_HOME"

shelf_broken() {
  echo ) ;; a
}

# Found after the error.
shelf_after() { return 0; }

unset -f shelf_after || true
shelf_open "$@"
