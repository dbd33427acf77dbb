# Mail: postfix, which also plays the rest of the world on two more ports, and dovecot.
# Sourced by inside.sh.

while read -r setting; do postconf -e "$setting"; done <<'X'
myhostname = mail.example.net
mydestination = example.net, mail.example.net, web01, localhost
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_tls_cert_file = /etc/ssl/certs/site.pem
smtpd_tls_key_file = /etc/ssl/private/site.key
smtpd_tls_security_level = may
smtpd_tls_loglevel = 1
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_recipient_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination, reject_non_fqdn_sender
message_size_limit = 20000000
smtpd_hard_error_limit = 6
transport_maps = texthash:/etc/postfix/transport
default_transport = smtp
relay_transport = smtp
smtp_host_lookup = native
smtp_connect_timeout = 3s
minimal_backoff_time = 40s
maximal_backoff_time = 80s
queue_run_delay = 30s
bounce_queue_lifetime = 200s
maximal_queue_lifetime = 200s
smtpd_client_restrictions = 
smtpd_helo_required = yes
smtpd_helo_restrictions = permit_mynetworks, reject_invalid_helo_hostname
smtpd_sasl_auth_enable = yes
smtpd_error_sleep_time = 0
mailbox_size_limit = 0
local_transport = local:
X
cat > /etc/postfix/transport <<'X'
example.org smtp:[127.0.0.1]:2525
lists.example.org smtp:[127.0.0.1]:2525
example.com smtp:[127.0.0.1]:2525
news.example.com smtp:[127.0.0.1]:2525
ads.example.com smtp:[127.0.0.9]:25
down.example.com smtp:[down.example.net]:25
refuse.example.org error:5.7.1 mail to this domain is not wanted
slow.example.org smtp:[127.0.0.1]:2526
X
printf 'postmaster: root\nroot: alice\ninfo: bob, carol\nteam: alice, bob, dave, gone\n' > /etc/aliases; newaliases
postconf -M submission/inet='submission inet n - y - - smtpd -o syslog_name=postfix/submission -o smtpd_tls_security_level=encrypt -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject'
postconf -M smtps/inet='465 inet n - y - - smtpd -o syslog_name=postfix/smtps -o smtpd_tls_wrappermode=yes'
# The rest of the world: a mail host that takes most mail, and a second that wants everybody to come back later.
postconf -M 2525/inet='127.0.0.1:2525 inet n - y - - smtpd -o syslog_name=relay/smtpd -o myhostname=mx.example.org -o mynetworks= -o relay_domains=example.org,lists.example.org,example.com,news.example.com -o smtpd_recipient_restrictions=check_recipient_access,regexp:/etc/postfix/world,permit -o relay_recipient_maps= -o smtpd_relay_restrictions=permit -o content_filter=discard:'
postconf -M 2526/inet='127.0.0.1:2526 inet n - y - - smtpd -o syslog_name=relay2/smtpd -o myhostname=mx.slow.example.org -o smtpd_recipient_restrictions=defer'
postconf -F '*/*/chroot = n'
printf '/^[a-d].*@/ 550 5.1.1 User unknown\n/^[ef].*@/ 451 4.7.1 Greylisted, come back in 30 seconds\n/^m.*@/ 552 5.2.2 Mailbox full\n/./ DUNNO\n' > /etc/postfix/world
cat > /etc/dovecot/conf.d/99-site.conf <<'X'
mail_location = mbox:~/mail:INBOX=/var/mail/%u
mail_privileged_group = mail
disable_plaintext_auth = no
auth_verbose = yes
ssl_cert = </etc/ssl/certs/site.pem
ssl_key = </etc/ssl/private/site.key
listen = 127.0.0.1
service auth {
  unix_listener /var/spool/postfix/private/auth {
    mode = 0666
  }
}
X
usermod -aG mail alice 2> /dev/null
chmod 1777 /var/mail
dovecot
postfix start > /dev/null 2>&1
