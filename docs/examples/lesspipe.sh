# For ~/.bashrc or /etc/profile.d: `less app.log.lpz` shows the log. Takes the place of what LESSOPEN
# was, and hands to that what is not an archive.
export LESSOPEN='|-lpzcat -f -- %s 2>/dev/null'
