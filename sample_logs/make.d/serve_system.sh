# sshd, cron, the rsync daemon, and prometheus with its alert manager and prober.
# Sourced by inside.sh.

cat > /etc/cron.d/site <<'X'
PATH=/usr/sbin:/usr/bin:/sbin:/bin
* * * * * www-data find /srv/www/uploads -mmin +30 -delete
* * * * * postgres psql -XAtq -d shop -c "delete from audit where at < now() - interval '2 minutes'" >/dev/null
* * * * * root cd / && run-parts --report /etc/cron.hourly
* * * * * deploy test -x /usr/local/bin/sync-feeds && /usr/local/bin/sync-feeds
*/2 * * * * alice /usr/bin/du -s /home/alice
*/2 * * * * backup rsync -a /etc/cron.d/ /tmp/cron-copy/
*/2 * * * * root logger -p daemon.info -t certbot "no renewals were attempted; next certificate expires $(openssl x509 -in /etc/ssl/certs/site.pem -noout -enddate)"
*/5 * * * * root command -v debian-sa1 > /dev/null && debian-sa1 1 1
X
printf '*/3 * * * * olduser /usr/local/bin/report\n' > /etc/cron.d/legacy  # its user is gone
cron -L 5
printf 'syslog facility = daemon\nuid = nobody\nread only = no\n[www]\npath = /srv/www\nread only = yes\nlist = yes\n[backup]\npath = /tmp/backup\n[secret]\npath = /root\nhosts allow = 10.20.0.0/16\n' > /etc/rsyncd.conf
mkdir -p /tmp/backup; chmod 777 /tmp/backup
rsync --daemon
/usr/sbin/sshd

# monitoring
SCRAPE=$((LOAD_SECONDS / 11 > 4 ? LOAD_SECONDS / 11 : 4))
cat > /etc/prometheus/prometheus.yml <<X
global: {scrape_interval: ${SCRAPE}s, scrape_timeout: 2s, evaluation_interval: ${SCRAPE}s}
alerting: {alertmanagers: [{static_configs: [{targets: ['127.0.0.1:9093', '127.0.0.1:9094']}]}]}
rule_files: [/etc/prometheus/rules.yml]
scrape_configs:
  - job_name: prometheus
    static_configs: [{targets: ['127.0.0.1:9090', '127.0.0.1:9093', '127.0.0.1:9115']}]
  - job_name: shop
    static_configs: [{targets: ['127.0.0.1:8081', 'shop.example.net:8082', 'down.example.net:9100', 'www.example.net:80', 'nowhere.example.com:9100']}]
  - job_name: probe
    metrics_path: /probe
    params: {module: [http_2xx]}
    static_configs: [{targets: ['http://www.example.net/', 'http://www.example.net/healthz', 'http://api.example.net:8000/api/v2/ping', 'https://www.example.net/', 'http://shop.example.net:8082/blog/']}]
    relabel_configs:
      - {source_labels: [__address__], target_label: __param_target}
      - {target_label: __address__, replacement: '127.0.0.1:9115'}
remote_write: [{url: 'http://down.example.net:9201/write', queue_config: {max_backoff: ${SCRAPE}s}}]
X
cat > /etc/prometheus/rules.yml <<'X'
groups:
  - name: shop
    rules:
      - {alert: TargetDown, expr: up == 0, labels: {severity: page}}
      - {alert: ProbeFailed, expr: probe_success == 0, labels: {severity: ticket}}
      - {record: 'job:up:sum', expr: sum by (job) (up)}
      - {record: broken, expr: 'up * on (job) group_left scrape_duration_seconds'}
X
printf 'route: {receiver: hook, group_by: [alertname], group_wait: 2s, group_interval: %ds, repeat_interval: %ds}\nreceivers: [{name: hook, webhook_configs: [{url: "http://127.0.0.1:8081/hook"}, {url: "http://down.example.net:9/hook"}]}]\n' $((SCRAPE / 2)) $SCRAPE > /etc/prometheus/alertmanager.yml
printf 'modules:\n  http_2xx: {prober: http, timeout: 2s, http: {preferred_ip_protocol: ip4}}\n  tcp: {prober: tcp, timeout: 1s}\n  ssh: {prober: tcp, tcp: {query_response: [{expect: "^SSH-2.0-"}]}}\n' > /etc/prometheus/blackbox.yml
prometheus-alertmanager --config.file=/etc/prometheus/alertmanager.yml --storage.path=/tmp/am --web.listen-address=127.0.0.1:9093 --cluster.listen-address= --log.level=debug 2>> /var/log/prometheus/all.log &
prometheus-blackbox-exporter --config.file=/etc/prometheus/blackbox.yml --web.listen-address=127.0.0.1:9115 --log.level=debug 2>> /var/log/prometheus/all.log &
prometheus --config.file=/etc/prometheus/prometheus.yml --storage.tsdb.path=/tmp/tsdb --web.listen-address=127.0.0.1:9090 --log.level=debug --storage.tsdb.min-block-duration=1m --storage.tsdb.max-block-duration=10m 2>> /var/log/prometheus/all.log &
