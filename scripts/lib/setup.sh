# shellcheck shell=bash
# What scripts/run and scripts/test share. Sourced with the checkout as the working folder.

source scripts/lib/say.sh
source scripts/lib/debian.sh
source scripts/lib/node.sh
source scripts/lib/ui.sh
source scripts/lib/cpp.sh
