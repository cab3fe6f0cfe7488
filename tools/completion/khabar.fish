# fish completion: the words come from the program itself.
complete -c khabar -n __fish_use_subcommand -f -a '(khabar help words)'
complete -c khabar -n 'not __fish_use_subcommand' -a '(string match -- "-*" (khabar help words (commandline -opc)[2]))'
