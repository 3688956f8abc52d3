# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The few lines that each shell needs to ask the program at a Tab (see `completion.answer`)."""

# bash 3.2 (macOS) upwards, without the package bash-completion. bash breaks words at `=` and `:`;
# they are put together again, and what stands before the last break is not offered twice.
BASH = r"""# phototagger: completion for bash
_phototagger() {
  local words=() word files value prefix cur IFS=$' \t\n' joining= n=0
  for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if [[ $n -gt 0 && ( -n $joining || $word =~ ^[=:]+$ ) ]]; then
      words[n - 1]+=$word
    else
      words[n++]=$word
    fi
    if [[ $word =~ ^[=:]+$ ]]; then joining=1; else joining=; fi
  done
  cur=${words[n - 1]} prefix=
  word=${COMP_WORDS[COMP_CWORD]}
  if [[ $word =~ ^[=:]+$ ]]; then prefix=$cur; else prefix=${cur%"$word"}; fi
  COMPREPLY=()
  {
    IFS= read -r files
    while IFS=$'\t' read -r value _; do
      value=${value#"$prefix"}
      [[ $word == [\'\"]* ]] || value=$(printf %q "$value")
      COMPREPLY+=("$value")
    done
  } < <("${COMP_WORDS[0]/#\~/$HOME}" __complete "${words[@]}" 2>/dev/null)
  case $files in
    files) ;;
    folders) compopt -o plusdirs +o default +o bashdefault 2>/dev/null ;;
    *) compopt +o default +o bashdefault 2>/dev/null ;;
  esac
}
complete -o bashdefault -o default -F _phototagger phototagger
"""

# As a file `_phototagger` in a folder of $fpath, or read after compinit.
ZSH = r"""#compdef phototagger
_phototagger() {
  local -a answer described
  local files value about
  answer=("${(@f)$("${(Q)words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  files=${answer[1]}
  for value in "${(@)answer[2,-1]}"; do
    about=${value#*$'\t'} value=${value%%$'\t'*}
    described+=("${value//:/\\:}${about:+:$about}")
  done
  (( $#described )) && _describe -V phototagger described
  if [[ $files != words ]]; then
    [[ $PREFIX == --*=* ]] && compset -P '--*='
    if [[ $files == folders ]]; then _path_files -/; else _files; fi
  fi
}
if [[ $funcstack[1] == _phototagger ]]; then
  _phototagger "$@"
else
  compdef _phototagger phototagger
fi
"""

# As completions/phototagger.fish in fish's folder of settings.
FISH = r"""# phototagger: completion for fish
function __phototagger_complete
    set -l current (string unescape -- (string trim -l -c "'\"" -- (commandline -ct)))
    set -l words (commandline -opc) "$current"
    set -l answer ($words[1] __complete $words[2..-1] 2>/dev/null)
    set -l option (string match -r -- '^--[^=]*=' $words[-1])
    set -l typed (string replace -r -- '^--[^=]*=' '' $words[-1])
    switch "$answer[1]"
        case files
            printf "$option%s\n" (__fish_complete_path "$typed")
        case folders
            printf "$option%s\n" (__fish_complete_directories "$typed" '')
    end
    string join \n -- $answer[2..-1]
end
complete -c phototagger -f -a '(__phototagger_complete)'
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}
"""By the shell's name."""
