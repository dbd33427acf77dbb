# The program as others get it: with its other names, man pages, completions, units, and what other programs
# need to know of archives.
install(TARGETS logpress COMPONENT program)
install(PROGRAMS lpzless TYPE BIN COMPONENT program)
install(FILES ${man_pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)

# Puts symbolic links to `target` beside it in `folder`.
function(logpress_install_links folder target)
  foreach(name IN LISTS ARGN)
    set(link ${CMAKE_CURRENT_BINARY_DIR}/links/${name})
    file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/links)
    file(CREATE_LINK ${target} ${link} SYMBOLIC)
    install(FILES ${link} DESTINATION ${folder} COMPONENT program)
  endforeach()
endfunction()
logpress_install_links(${CMAKE_INSTALL_BINDIR} logpress lpzcat unlogpress lpzgrep lpzegrep lpzfgrep)
logpress_install_links(${CMAKE_INSTALL_MANDIR}/man1 logpress.1 lpzcat.1 unlogpress.1 lpzless.1)
logpress_install_links(${CMAKE_INSTALL_MANDIR}/man1 logpress-grep.1 lpzgrep.1 lpzegrep.1 lpzfgrep.1)
logpress_install_links(${CMAKE_INSTALL_MANDIR}/man1 logpress-plan.1 logpress-run.1 logpress-finish.1)

set(examples ${PROJECT_SOURCE_DIR}/docs/examples)
# Installs an example where the program that it is for looks for it.
function(logpress_install_for example folder name)
  install(FILES ${examples}/${example} DESTINATION ${CMAKE_INSTALL_DATADIR}/${folder} RENAME ${name}
          COMPONENT program)
endfunction()
logpress_install_for(completion.bash bash-completion/completions logpress)
logpress_install_for(completion.zsh zsh/vendor-completions _logpress)
logpress_install_for(completion.fish fish/vendor_completions.d logpress.fish)
logpress_install_for(mime.xml mime/packages logpress.xml)
logpress_install_for(logpress.desktop applications logpress.desktop)
logpress_install_for(logpress.vim vim/vimfiles/plugin logpress.vim)
logpress_install_for(logpress.el emacs/site-lisp logpress.el)
logpress_install_links(${CMAKE_INSTALL_DATADIR}/bash-completion/completions logpress
                       lpzcat unlogpress lpzless lpzgrep lpzegrep lpzfgrep)

set(units logpress-archive.service logpress-archive.timer)  # not enabled by being there
list(TRANSFORM units PREPEND ${examples}/ OUTPUT_VARIABLE unit_files)
install(FILES ${unit_files} DESTINATION lib/systemd/system COMPONENT program)
set(others archive.toml lesspipe.sh logpress-archive.cron logrotate-app
    logrotate-with-archive magic)
list(TRANSFORM others PREPEND ${examples}/ OUTPUT_VARIABLE other_files)
install(FILES ${other_files} DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples COMPONENT program)
install(PROGRAMS ${examples}/logpress-archive.cron.daily DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples
        COMPONENT program)
install(PROGRAMS ${examples}/slurm/submit DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples/slurm COMPONENT program)
install(FILES ${examples}/slurm/task.sbatch ${examples}/slurm/finish.sbatch
        DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples/slurm COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/docs/archiving.md ${PROJECT_SOURCE_DIR}/docs/fleet.md ${PROJECT_SOURCE_DIR}/docs/other-programs.md TYPE DOC
        COMPONENT program)

# Those that name the program by its path say /usr/bin, where Debian has it. They get the path that it is
# installed to, and only then, for the prefix may be given there: cmake --install --prefix, cpack.
list(TRANSFORM units PREPEND lib/systemd/system/)
list(APPEND others logpress-archive.cron.daily)
list(TRANSFORM others PREPEND ${CMAKE_INSTALL_DOCDIR}/examples/)
install(CODE "
  set(programs \"${CMAKE_INSTALL_BINDIR}\")
  cmake_path(ABSOLUTE_PATH programs BASE_DIRECTORY \"\${CMAKE_INSTALL_PREFIX}\")
  foreach(file ${units} ${others})
    cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY \"\${CMAKE_INSTALL_PREFIX}\")
    file(READ \"\$ENV{DESTDIR}\${file}\" text)
    string(REPLACE /usr/bin/ \"\${programs}/\" text \"\${text}\")
    file(WRITE \"\$ENV{DESTDIR}\${file}\" \"\${text}\")
  endforeach()" COMPONENT program)
