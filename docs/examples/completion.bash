# Completions of logpress, lpzcat, unlogpress, lpzless and lpzgrep for bash.

_logpress_options() {
    "$1" ${2:+"$2"} --help 2>/dev/null | grep -oE -- '(^|[ ,])-{1,2}[a-zA-Z][a-z0-9-]*=?' | tr -d ' ,'
}

_logpress() {
    local cur prev words cword
    _init_completion -n = 2>/dev/null || {
        cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} words=("${COMP_WORDS[@]}")
    }
    local command=
    [[ ${words[1]-} == @(archive|finish|grep|plan|run) && $COMP_CWORD -gt 1 ]] && command=${words[1]}
    [[ ${words[0]##*/} == lpz*grep ]] && command=grep
    case $prev in
        -D | --dictionary | -o | --output | --output-dir | --plot | --files | --files0 | --config | --lock | --metrics)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -f -- "$cur")
            return
            ;;
        --backend)
            mapfile -t COMPREPLY < <(compgen -W "store zstd xz blend mix" -- "$cur")
            return
            ;;
        --binary-files)
            mapfile -t COMPREPLY < <(compgen -W "binary text without-match" -- "$cur")
            return
            ;;
        --color | --colour)
            mapfile -t COMPREPLY < <(compgen -W "always never auto" -- "$cur")
            return
            ;;
        --ionice)
            mapfile -t COMPREPLY < <(compgen -W "idle best-effort:0 best-effort:7 none" -- "$cur")
            return
            ;;
    esac
    if [[ $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_logpress_options logpress "$command")" -- "$cur")
        [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace
        return
    fi
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -f -- "$cur")
    if ((COMP_CWORD == 1)) && [[ -z $command ]]; then
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "archive cat diff export finish grep plan query repair run stats templates train" -- "$cur")
    fi
}

_logpress_archives() {
    local cur=${COMP_WORDS[COMP_CWORD]}
    if [[ $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_logpress_options logpress)" -- "$cur")
        [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace
        return
    fi
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -d -- "$cur"; compgen -f -X '!*.lpz' -- "$cur")
}

complete -F _logpress logpress lpzgrep lpzegrep lpzfgrep
complete -F _logpress_archives lpzcat unlogpress lpzless
