# The archive is the same for every number of threads, and so is what comes back.
$ for level in 1 5 9; do
>   log_lines $((level == 9 ? 2000 : 10000)) > app.log
>   logpress -$level -T1 --block-size=32K -c app.log > one.lpz
>   for threads in 0 2 5; do
>     logpress -$level -T$threads --block-size=32K -c app.log | cmp - one.lpz
>     logpress -dc -T$threads one.lpz | cmp - app.log
>   done
> done
