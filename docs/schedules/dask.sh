#!/bin/sh
# 几台机器一起出报告：sh dask.sh scheduler（一台）、sh dask.sh worker（每台）、sh dask.sh batch（发起的一台）。
# 各台机器上项目在同一个路径（例如共享的 /srv/juesuan），版本相同。
set -eu

: "${JUESUAN_HOME:=/srv/juesuan}"   # 项目所在
: "${SCHEDULER:=10.0.0.5}"          # 调度器的地址
: "${PORT:=8786}"                   # 任务用的端口
: "${DASHBOARD:=8787}"              # 面板的端口
: "${WORKERS:=2}"                   # 这台机器同时做几份，一般等于处理器核数
cd "$JUESUAN_HOME"
role="${1:-}"
[ $# -eq 0 ] || shift

case "$role" in
scheduler)
    exec .venv/bin/dask scheduler --host "$SCHEDULER" --port "$PORT" --dashboard-address "$SCHEDULER:$DASHBOARD" "$@" ;;
worker)
    # 一个进程一次做一份：笔记本在自己的进程里换工作文件夹。调度器不见了，60 秒后自己结束。
    exec .venv/bin/dask worker "tcp://$SCHEDULER:$PORT" --nworkers "$WORKERS" --nthreads 1 --memory-limit 0 \
        --death-timeout 60 --local-directory "${TMPDIR:-/tmp}" "$@" ;;
batch)
    exec .venv/bin/juesuan batch list.yml --out out --scheduler "tcp://$SCHEDULER:$PORT" --resume --quiet "$@" ;;
*)
    echo "用法：sh dask.sh scheduler|worker|batch" >&2
    exit 2 ;;
esac
