# Accounts, keys and rights, and the syslog daemon that hears of their use.
# Sourced by inside.sh.

for u in alice bob carol dave deploy backup; do
  id -u $u > /dev/null 2>&1 && [ $u != backup ] || useradd -m -d /home/$u -s /bin/bash $u 2> /dev/null || usermod -d /home/$u -s /bin/bash $u
  mkdir -p /home/$u/.ssh && echo "$u:secret" | chpasswd
  [ -f /opt/keys/$u ] || ssh-keygen -q -t "$(printf 'ed25519\nrsa\necdsa\n' | shuf -n 1)" -N '' -C $u -f /opt/keys/$u
  cp /opt/keys/$u.pub /home/$u/.ssh/authorized_keys
  chown -R $u: /home/$u; chmod 700 /home/$u/.ssh
done
usermod -aG sudo,adm alice
printf 'deploy ALL=(root) NOPASSWD: /usr/sbin/nginx, /usr/bin/tail, /usr/bin/systemctl\nbob ALL=(www-data) NOPASSWD: ALL\ncarol ALL=(postgres) NOPASSWD: /usr/bin/psql\nalice ALL=NOPASSWD: /usr/bin/tail, /usr/bin/id, /bin/ls\n' > /etc/sudoers.d/site
chmod 440 /etc/sudoers.d/site
ssh-keygen -A > /dev/null
printf 'LogLevel VERBOSE\nMaxAuthTries 4\nLoginGraceTime 12\nDenyUsers dave@10.20.8.*\nUseDNS no\nPasswordAuthentication yes\n' > /etc/ssh/sshd_config.d/site.conf

# syslog: the kernel of the machine outside is nobody's business
sed -i '/imklog/d; /^cron\.\*/d; /^kern\.\*/d; /^user\.\*/d' /etc/rsyslog.conf
sed -i 's|^\*\.\*;auth.*|*.*;auth,authpriv,mail,local7.none -/var/log/syslog|; s|^auth,authpriv.*|auth,authpriv.* /var/log/auth.log;RSYSLOG_TraditionalFileFormat|; s|^mail\.\*.*|mail.* -/var/log/mail.log;RSYSLOG_TraditionalFileFormat|' /etc/rsyslog.conf
sed -i 's|/var/log/haproxy.log$|/var/log/haproxy.log;RSYSLOG_TraditionalFileFormat|' /etc/rsyslog.d/49-haproxy.conf
mkdir -p /var/lib/haproxy/dev /var/spool/postfix/dev
rsyslogd -iNONE
