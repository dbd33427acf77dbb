# The shop: nginx with PHP and our back end, caddy, haproxy and squid.
# Sourced by inside.sh.

for u in alice bob deploy; do echo "$u:$(openssl passwd -apr1 secret)"; done > /etc/nginx/htpasswd
rm -f /etc/nginx/sites-enabled/*
sed -i 's|error_log .*|error_log /var/log/nginx/error.log info;|; s|worker_processes auto|worker_processes 2|' /etc/nginx/nginx.conf
cat > /etc/nginx/conf.d/site.conf <<'X'
set_real_ip_from 127.0.0.1;
real_ip_header X-Forwarded-For;
limit_req_zone $binary_remote_addr zone=search:1m rate=2r/s;
limit_conn_zone $binary_remote_addr zone=perip:1m;
upstream app { server 127.0.0.1:8081 max_fails=0; }
upstream v2 { server 127.0.0.1:8091; server 127.0.0.1:8092; }
server {
  listen 80 default_server; listen [::]:80; listen 443 ssl;
  server_name www.example.net;
  ssl_certificate /etc/ssl/certs/site.pem; ssl_certificate_key /etc/ssl/private/site.key;
  root /srv/www; index index.html; gzip on; keepalive_timeout 15; gzip_types text/css application/javascript;
  client_max_body_size 2m; client_header_timeout 5s; client_body_timeout 5s; rewrite_log on;
  add_header X-Frame-Options SAMEORIGIN;
  location / { try_files $uri $uri/ =404; default_type text/html; }
  location /assets/ { expires 30d; }
  location /img/ { limit_conn perip 3; access_log /var/log/nginx/access.log combined; }
  location /old/ { rewrite ^/old/(\w+)/(\d+)\.htm$ /category/$1/?ref=$2 permanent; }
  location /search { limit_req zone=search burst=4 nodelay; rewrite ^ /search.php last; }
  location /private/ { auth_basic "staff"; auth_basic_user_file /etc/nginx/htpasswd; }
  location ~ \.php$ { include fastcgi_params; fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name; fastcgi_pass unix:/run/php/php8.2-fpm.sock; }
  location /api/v1/ { proxy_pass http://app; proxy_read_timeout 1500ms; proxy_buffers 4 4k; proxy_buffer_size 4k; proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header Host $host; }
  location = /api/v1/login { limit_req zone=search; proxy_pass http://app; proxy_set_header X-Forwarded-For $remote_addr; }
  location /api/v2/ { proxy_pass http://v2; }
  location = /healthz { proxy_pass http://app; }
  location = /metrics { allow 127.0.0.1; deny all; proxy_pass http://app; }
  location = /server-status { stub_status; allow 127.0.0.1; deny all; }
  location ~ /\.(git|ht|env|DS) { deny all; }
  error_page 404 /404.html;
}
X
php-fpm8.2
mkdir -p /opt/shop; cp $here/shop_service.py $here/worker.py $here/loadlib.py /opt/shop/
python3 /opt/shop/shop_service.py 2> /var/log/shop/service.err &
sleep 1
nginx
cat > /etc/caddy/Caddyfile <<'X'
{
	admin off
	auto_https off
	log {
		output file /var/log/caddy/access.json
		level INFO
	}
}
:8082 {
	log {
		output file /var/log/caddy/access.json
		format json
	}
	root * /srv/www
	encode gzip
	header /assets/* Cache-Control max-age=86400
	redir /old/* /category/sale/ 302
	basicauth /private/* {
		alice JDJhJDA0JDEyMzQ1Njc4OTAxMjM0NTY3ODkwMXU=
	}
	handle /api/v1/* {
		reverse_proxy 127.0.0.1:8081 {
			transport http {
				response_header_timeout 1500ms
			}
		}
	}
	handle /api/v2/* {
		reverse_proxy 127.0.0.1:8091 127.0.0.1:8092
	}
	handle /healthz {
		respond "ok" 200
	}
	respond /.git/* 403
	file_server
	handle_errors {
		respond "{err.status_code} {err.status_text}"
	}
}
X
sed -i "s|JDJ.*|$(caddy hash-password --plaintext secret 2> /dev/null)|" /etc/caddy/Caddyfile
chown -R caddy /var/log/caddy 2> /dev/null
HOME=/var/lib/caddy caddy start --config /etc/caddy/Caddyfile > /dev/null 2>&1
cat > /etc/haproxy/haproxy.cfg <<'X'
global
  log /dev/log local0
  user haproxy
  group haproxy
  daemon
  stats socket /run/haproxy/admin.sock mode 660 level admin
defaults
  mode http
  log global
  option httplog
  option forwardfor except 10.0.0.0/8
  timeout connect 1s
  timeout client 4s
  timeout server 2s
  retries 2
  option redispatch
frontend public
  bind :8000
  bind :::8000 v6only
  capture request header User-Agent len 60
  capture request header Host len 30
  acl api path_beg /api/v1 /healthz /metrics
  acl v2 path_beg /api/v2
  acl evil path_sub .env .git wp- passwd
  http-request deny deny_status 403 if evil
  http-request redirect code 301 location /category/sale/ if { path_beg /old/ }
  use_backend app if api
  use_backend dead if v2
  default_backend static
  option http-server-close
backend app
  balance leastconn
  option httpchk GET /healthz
  default-server check inter 9s fall 2 rise 1
  server app1 127.0.0.1:8081 maxconn 6
  server app2 127.0.0.1:8081 maxconn 4
backend static
  option http-server-close
  server nginx1 127.0.0.1:80 check inter 60s weight 3
  server caddy1 127.0.0.1:8082 check inter 10s
backend caddy
  server c1 127.0.0.1:8082
backend dead
  server old1 127.0.0.1:8091 check inter 20s
  server old2 127.0.0.9:8092 check inter 20s
X
haproxy -f /etc/haproxy/haproxy.cfg
cat > /etc/squid/squid.conf <<'X'
http_port 3128
acl office src 10.20.0.0/16
acl SSL_ports port 443 993
acl CONNECT method CONNECT
acl ads dstdomain ads.example.com tracker.example.com
acl intranet dstdomain intranet.example.net
http_access deny CONNECT !SSL_ports
http_access deny ads
http_access deny intranet
http_access allow office
http_access deny all
cache_mem 32 MB
maximum_object_size_in_memory 300 KB
connect_timeout 2 seconds
read_timeout 5 seconds
dns_nameservers 127.0.0.1
hosts_file /etc/hosts
visible_hostname proxy.example.net
refresh_pattern . 0 20% 2
access_log daemon:/var/log/squid/access.log squid
shutdown_lifetime 1 second
X
chown proxy /var/log/squid; squid > /dev/null 2>&1
