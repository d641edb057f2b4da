# shellcheck shell=bash
# What every bench needs: a seeded server, nginx with the same bytes, wrk, a place for numbers.
#   . "$(dirname "$0")/lib.sh"
#   bench_start
#   bench_page results '/search?q=엘보' 0.12        # at least 0.12 of nginx
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

BENCH_OUT=$ROOT/target/bench
BENCH_SECONDS=${BENCH_SECONDS:-8}
# Two cores serve and ask at once: few threads, enough connections to keep them busy.
BENCH_THREADS=${BENCH_THREADS:-1}
BENCH_CONNECTIONS=${BENCH_CONNECTIONS:-32}
export BENCH_LUA=$ROOT/scripts/bench
BENCH_WORK=
BENCH_PIDS=()

bench_stop() {
  local status=$? pid
  trap - EXIT INT TERM
  for pid in "${BENCH_PIDS[@]}"; do
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  [ -z "$BENCH_WORK" ] || rm -rf "$BENCH_WORK"
  exit "$status"
}

# Starts the release server on a seeded temporary database. Sets BENCH_URL and BENCH_PID.
bench_start() {
  local server=$TARGET_DIR/release/server port
  BENCH_WORK=$(mktemp -d /tmp/market-bench.XXXXXX)
  chmod 755 "$BENCH_WORK"
  trap bench_stop EXIT INT TERM
  mkdir -p "$BENCH_OUT" "$BENCH_WORK/var" "$BENCH_WORK/static"
  port=$(free_port)
  export DATABASE_URL=sqlite://$BENCH_WORK/market.db MARKET_VAR=$BENCH_WORK/var
  export MARKET_SITE_ROOT=$ROOT/target/site MARKET_ADDR=127.0.0.1:$port
  export MARKET_PUBLIC_URL=http://127.0.0.1:$port
  MARKET_METRICS_ADDR=127.0.0.1:$(free_port)
  export MARKET_METRICS_ADDR
  "$server" migrate >"$BENCH_WORK/prepare.log" 2>&1 || die "migrate: $(tail -n 3 "$BENCH_WORK/prepare.log")"
  "$server" seed --demo >>"$BENCH_WORK/prepare.log" 2>&1 || die "seed: $(tail -n 3 "$BENCH_WORK/prepare.log")"
  BENCH_BEGAN=$(date +%s%N)
  bench_serve
  bench_note start_to_ready_ms "$((($(date +%s%N) - BENCH_BEGAN) / 1000000))" 1000 most
  bench_start_nginx
}

# Sets BENCH_PID and BENCH_URL
bench_serve() {
  "$TARGET_DIR/release/server" serve >"$BENCH_WORK/server.log" 2>&1 </dev/null &
  BENCH_PID=$!
  BENCH_PIDS+=("$BENCH_PID")
  BENCH_URL=$MARKET_PUBLIC_URL
  wait_for_http "$BENCH_URL/readyz" 60 "$BENCH_PID" || die "not ready: $(tail -n 5 "$BENCH_WORK/server.log")"
}

# bench_remember reads|nothing: starts the server anew; from now on pages remember only that
bench_remember() {
  kill "$BENCH_PID"
  wait "$BENCH_PID" || true
  export MARKET_REMEMBER=$1
  bench_serve
}

# bench_again NAME PATH AS [LEAST_RATIO]: the page of `bench_page NAME` again, beside nginx again
bench_again() {
  local name=$1_$3 path=$2 rate nginx_rate
  bench_wrk "$BENCH_URL$path" >/dev/null
  read -r nginx_rate _ _ _ <<<"$(bench_wrk "$BENCH_NGINX/$1.html")"
  read -r rate _ _ _ <<<"$(bench_wrk "$BENCH_URL$path")"
  bench_note "${name}_per_s" "$rate"
  bench_note "${name}_of_nginx" "$(bench_ratio "$rate" "$nginx_rate")" ${4:+"$4" least}
}

# bench_new_questions NAME PATH: the results page with a question that nobody asked before in each request, beside nginx
# with the bytes of `bench_page NAME`
bench_new_questions() {
  local rate nginx_rate
  read -r nginx_rate _ _ _ <<<"$(bench_wrk "$BENCH_NGINX/$1.html")"
  read -r rate _ _ _ <<<"$(BENCH_SCRIPT=questions bench_wrk "$BENCH_URL$2")"
  bench_note "$1_new_questions_per_s" "$rate"
  bench_note "$1_new_questions_of_nginx" "$(bench_ratio "$rate" "$nginx_rate")"
}

# nginx for the comparison: static files under $BENCH_WORK/static. Sets BENCH_NGINX.
bench_start_nginx() {
  local port
  port=$(free_port)
  BENCH_NGINX=http://127.0.0.1:$port
  cat >"$BENCH_WORK/nginx.conf" <<CONF
daemon off;
pid $BENCH_WORK/nginx.pid;
error_log $BENCH_WORK/nginx.log;
worker_processes 2;
events { worker_connections 1024; }
http {
  access_log off;
  keepalive_requests 10000000;
  tcp_nodelay on;
  sendfile on;
  open_file_cache max=100;
  default_type text/html;
  client_body_temp_path $BENCH_WORK/body; proxy_temp_path $BENCH_WORK/proxy;
  fastcgi_temp_path $BENCH_WORK/fcgi; uwsgi_temp_path $BENCH_WORK/uwsgi; scgi_temp_path $BENCH_WORK/scgi;
  server { listen 127.0.0.1:$port; root $BENCH_WORK/static; }
}
CONF
  /usr/sbin/nginx -c "$BENCH_WORK/nginx.conf" &
  BENCH_PIDS+=("$!")
  : >"$BENCH_WORK/static/alive.html"
  wait_for_http "$BENCH_NGINX/alive.html" 10 "${BENCH_PIDS[-1]}" || die "nginx did not start: $(cat "$BENCH_WORK/nginx.log")"
}

# bench_wrk URL [HEADER]: prints "requests/s p50_ms p99_ms errors"
bench_wrk() {
  local args=(-t "$BENCH_THREADS" -c "$BENCH_CONNECTIONS" -d "${BENCH_SECONDS}s" --latency -s "$BENCH_LUA/${BENCH_SCRIPT:-report}.lua")
  [ -z "${2:-}" ] || args+=(-H "$2")
  wrk "${args[@]}" "$1" | sed -n 's/^RESULT //p'
}

# bench_note NAME VALUE [LIMIT least|most]: one line of the table
bench_note() {
  printf '{"name":"%s","value":%s,"limit":%s,"kind":"%s"}\n' "$1" "$2" "${3:-null}" "${4:-}" >>"$BENCH_OUT/results.jsonl"
  note "$1: $2${3:+   (${4}: $3)}"
}

# bench_page NAME PATH LEAST_RATIO: the page, the same bytes by nginx, the page compressed
bench_page() {
  local name=$1 path=$2 least=$3 rate p50 p99 errors nginx_rate packed_rate
  bench_wrk "$BENCH_URL$path" >/dev/null # warms caches and the connection pool
  curl -fsS "$BENCH_URL$path" >"$BENCH_WORK/static/$name.html"
  read -r nginx_rate _ _ _ <<<"$(bench_wrk "$BENCH_NGINX/$name.html")"
  read -r rate p50 p99 errors <<<"$(bench_wrk "$BENCH_URL$path")"
  read -r packed_rate _ _ _ <<<"$(bench_wrk "$BENCH_URL$path" 'Accept-Encoding: zstd, br')"
  bench_note "${name}_bytes" "$(stat -c %s "$BENCH_WORK/static/$name.html")"
  bench_note "${name}_per_s" "$rate"
  bench_note "${name}_nginx_per_s" "$nginx_rate"
  bench_note "${name}_of_nginx" "$(bench_ratio "$rate" "$nginx_rate")" "$least" least
  bench_note "${name}_compressed_of_plain" "$(bench_ratio "$packed_rate" "$rate")" 0.7 least
  bench_note "${name}_p50_ms" "$p50"
  bench_note "${name}_p99_ms" "$p99"
  bench_note "${name}_errors" "$errors" 0 most
}

# bench_tail NAME PATH: p99 against p50 at half load, half of the requests a second that `bench_page NAME` reached, at an
# even pace over eight connections (wrk has no pace: two of its connections are 0.6 of what saturates two cores, one a third)
bench_tail() {
  local rate log=$BENCH_WORK/$1.log p50 p99
  rate=$(sed -n "s/^{\"name\":\"$1_per_s\",\"value\":\([0-9]*\).*/\1/p" "$BENCH_OUT/results.jsonl" | tail -n 1)
  h2load --h1 -t 1 -c 8 --rps="$((rate / 16))" --warm-up-time=1 -D "$BENCH_SECONDS" --log-file="$log" "$BENCH_URL$2" >/dev/null
  read -r p50 p99 < <(cut -f 3 "$log" | sort -n |
    awk '{ took[NR] = $1 } END { print took[int(NR * 0.5) + 1], took[int(NR * 0.99) + 1] }')
  bench_note "$1_half_load_per_s" "$(($(wc -l <"$log") / BENCH_SECONDS))"
  bench_note "$1_half_load_p99_us" "$p99"
  bench_note "$1_p99_over_p50" "$(bench_ratio "$p99" "$p50")" 4 most
}

# The results page that is measured: a word of many listings.
BENCH_RESULTS='/search?q=%ED%8E%8C%ED%94%84'

# bench_listing: the address of a listing, whichever stands first in the results
bench_listing() {
  curl -fsS "$BENCH_URL$BENCH_RESULTS" | grep -o '/listings/[^"?#]*' | sed -n 1p | grep . ||
    die 'the results page shows no listing'
}

# bench_memory: resident set of the server now, MB
bench_memory() {
  bench_note rss_mb "$(awk '/^VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/$BENCH_PID/status")" 120 most
}

bench_ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", (b > 0) ? a / b : 0 }'; }
