" Vim and Neovim open app.log.lpz as the log, and pack it again when it is written. They find this file where
" it is installed below /usr; elsewhere: copy it to ~/.vim/plugin or ~/.config/nvim/plugin. Like .gz, it
" needs the runtime files of Vim (not vim-tiny).
if exists('g:loaded_logpress') || &compatible
  finish
endif
let g:loaded_logpress = 1

augroup logpress
  autocmd!
  autocmd BufReadPre,FileReadPre *.lpz setlocal bin
  autocmd BufReadPost,FileReadPost *.lpz call gzip#read('logpress -dqf --rm')
  autocmd BufWritePost,FileWritePost *.lpz call gzip#write('logpress -qf --rm')
  autocmd FileAppendPre *.lpz call gzip#appre('logpress -dqf --rm')
  autocmd FileAppendPost *.lpz call gzip#write('logpress -qf --rm')
augroup END
