# shellcheck shell=bash
# The dashboard: built only when something it is made of has changed.

have_ui() { [[ -f ui/package.json ]]; }

ui_files() {
  git ls-files -z --cached --others --exclude-standard ui 2>/dev/null ||
    find ui \( -name node_modules -o -name dist \) -prune -o -type f -print0
}

ui_hash() { ui_files | sort -z | { xargs -0 -r sha256sum -- 2>/dev/null || true; } | sha256sum | cut -c1-16; }

ui_is_built() { [[ -f ui/dist/index.html ]] && stamped .cache/ui-built "$(ui_hash)"; }

# npm run SCRIPT, in ui/.
ui_run() { npm --prefix ui run --silent "$@"; }

install_ui() { install_packages ui "install the dashboard's packages"; }

build_ui() {
  if ! have_ui; then say "  no ui/ in this checkout: the binary gets no dashboard"; return 0; fi
  ui_is_built && return
  ensure_node
  install_ui || return
  step "build the dashboard" ui_run build || return
  mkdir -p .cache
  ui_hash >.cache/ui-built
}
