# bash completion: the words come from the program itself (khabar help words), so they never grow old.
_khabar() {
	local word=${COMP_WORDS[COMP_CWORD]} program=${COMP_WORDS[0]}
	if [ "$COMP_CWORD" = 1 ]; then
		mapfile -t COMPREPLY < <(compgen -W "$("$program" help words 2>/dev/null)" -- "$word")
	elif [[ $word == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$("$program" help words "${COMP_WORDS[1]}" 2>/dev/null)" -- "$word")
	elif [ "${COMP_WORDS[1]}" = help ]; then
		mapfile -t COMPREPLY < <(compgen -W "$("$program" help words 2>/dev/null)" -- "$word")
	else
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
	fi
}
complete -o filenames -F _khabar khabar
