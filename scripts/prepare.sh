# Sourced by the scripts beside it: finds Python, sets up .venv, and leaves `root` and `bin`.
# Needs: purpose, one of run or develop.

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd -P)
bin="$root/.venv/bin"

find_python() {
    local name
    for name in python3.11 python3.12 python3.13 python3.14 python3; do
        # A name on the path may be a launcher for a version that is not installed: try it.
        if "$name" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    echo "wayout: needs Python 3.11 or newer with its venv module (Debian: apt install python3-venv)." >&2
    return 1
}

python=$(find_python)
"$python" "$root/scripts/environment.py" "$purpose"
