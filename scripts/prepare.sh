# Sourced by the other scripts: gets a checkout ready to run, and says what it does and why.
# shellcheck shell=bash

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
environment="$checkout/.venv"

# What other tools were told is not meant for us: where pip installs to, what Python finds first.
unset PYTHONPATH PYTHONHOME PYTHONSTARTUP VIRTUAL_ENV
unset PIP_USER PIP_TARGET PIP_PREFIX PIP_ROOT PIP_REQUIRE_VIRTUALENV PIP_NO_BINARY PIP_DRY_RUN
export PYTHONNOUSERSITE=1

# What the program needs of the system, and why.
system_packages=(
    "python3-venv:keeps this program's parts apart from others"
    "libportaudio2:reaches the microphone and the speaker"
    "espeak-ng:is the voice"
    "libespeak-ng1:lets pyttsx3 use it"
    "alsa-utils:shows and sets the sound card"
)
# What the tests need beside.
test_packages=(
    "pulseaudio:is a sound card without hardware"
    "pulseaudio-utils:plays people's voices to it"
    "libasound2-plugins:lets PortAudio reach it"
)

say() {
    printf '%s\n' "$*" >&2
}

give_up() {
    say "voicecheckin: $*"
    exit 2
}

# Prints the first Python that is new enough, and not too new for the prebuilt packages.
find_python() {
    local candidate
    for candidate in python3 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null &&
            "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'; then
            command -v "$candidate"
            return
        fi
    done
    give_up "this needs Python 3.11, 3.12 or 3.13: sudo apt install python3"
}
python=$(find_python) || exit

is_installed() {
    # A Python from elsewhere brings its own venv.
    [ "$1" = python3-venv ] && "$python" -c 'import ensurepip, venv' 2>/dev/null && return
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Runs the rest as root, which asks for a password at most once.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        return 1
    fi
}

# Installs those of "package:why" that are missing; without them the program goes on as it can.
install_packages() {
    local entry missing=()
    command -v dpkg-query >/dev/null || return 0
    for entry in "$@"; do
        is_installed "${entry%%:*}" || missing+=("$entry")
    done
    [ "${#missing[@]}" -gt 0 ] || return 0
    say "These parts of the system are missing, and are installed now (sudo may ask for a password):"
    for entry in "${missing[@]}"; do
        say "  ${entry%%:*} (${entry#*:})"
    done
    # A password is asked for first, where it is remembered.
    # shellcheck disable=SC2016  # "$@" is for the shell that runs as root
    if ! as_root true || ! showing_dots as_root env DEBIAN_FRONTEND=noninteractive sh -c '
        apt-get install -y -qq --no-install-recommends "$@" ||
            { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; }
    ' apt "${missing[@]%%:*}" >/dev/null; then
        say "They could not be installed. Somebody who may can do it with:"
        say "  sudo apt install ${missing[*]%%:*}"
    fi
}

# Makes .venv with the project and its extras $1 ("[test]", or nothing), from prebuilt wheels
# only; more arguments are lists of pinned packages. Nothing happens when nothing has changed, so
# that the next start works offline.
prepare_environment() {
    local extras=$1 stamp wanted list
    shift
    stamp="$environment/ready${extras//[^a-z]/-}"
    wanted=$(printf '%s\n' "$checkout" && cat "$checkout/pyproject.toml" "$@" | sha256sum)
    if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && "$environment/bin/python" -c ''; then
        return
    fi
    make_environment
    say "The program's own parts are installed into .venv: once, for a minute or two."
    install_python --editable "$checkout$extras"
    for list in "$@"; do
        install_python --no-deps --require-hashes --requirement "$list"
    done
    printf '%s\n' "$wanted" >"$stamp"
}

# Makes an empty .venv unless there is one that works.
make_environment() {
    "$environment/bin/python" -m pip --version >/dev/null 2>&1 && return
    rm -rf "$environment"
    "$python" -m venv "$environment" ||
        give_up "no Python environment could be made; this may help: sudo apt install python3-venv"
}

# Runs a command; on a terminal a dot every two seconds shows that it goes on.
showing_dots() {
    local status=0
    if [ ! -t 2 ]; then
        "$@"
        return
    fi
    "$@" &
    trap 'kill $! 2>/dev/null; exit 130' INT
    while kill -0 $! 2>/dev/null; do
        printf . >&2
        sleep 2
    done
    wait $! || status=$?
    trap - INT
    printf '\n' >&2
    return $status
}

install_python() {
    showing_dots "$environment/bin/python" -m pip install -qq --disable-pip-version-check \
        --no-input --no-user --only-binary :all: "$@" ||
        give_up "this could not be installed; is the machine online?"
}

# Prints the voice and the ear that suit this machine; the program knows which.
advice() {
    "$python" - "$checkout/voicecheckin/cli/board.py" <<'END'
import runpy, sys
known = runpy.run_path(sys.argv[1])
suits = known["advice"](known["board"]())
print(suits.voice, suits.ear)
END
}

# Fetches the good ear's model where it suits the machine. Without it the small ear hears, which
# needs no download.
prepare_ear() {
    local ear
    read -r _ ear < <(advice)
    [ "$ear" = whisper ] || return 0
    say "The good ear's model is fetched: once, 78 MB."
    "$environment/bin/voicecheckin" setup --whisper ||
        say "So it hears with the small ear; ./scripts/checkin setup --whisper tries again."
}

# Everything that the tests need: real engines and models, and a sound card without hardware.
prepare_tests() {
    install_packages "${system_packages[@]}" "${test_packages[@]}"
    prepare_environment "[test,piper,wyoming]" "$checkout/scripts/test-models.txt"
}

# Everything that the benches need: what the tests need, and rooms.
prepare_benches() {
    prepare_tests
    prepare_environment "[bench,test,piper,wyoming]" "$checkout/scripts/test-models.txt"
}
