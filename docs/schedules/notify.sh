#!/bin/sh
# 把失败告诉内网的 webhook（企业微信、钉钉一类收 JSON 的地址），地址在环境变量 WEBHOOK 里。
# 用法：--on-fail 'sh docs/schedules/notify.sh'。在项目根目录运行，或由 systemd、Airflow 调用。
set -eu

"$(dirname "$0")/../../.venv/bin/python" -c '
import json, os
said = os.environ.get
if "JUESUAN_FAILED" in os.environ:
    text = "\n".join(["决算报告失败 " + said("JUESUAN_FAILED") + " 份", said("JUESUAN_ERRORS", ""), said("JUESUAN_RUN", "")])
else:
    text = "决算报告没有全部完成，退出码 " + said("MONITOR_EXIT_STATUS", "不明") + "，请看日志"  # systemd 的 OnFailure
# 企业微信的一条消息不超过 2048 字节。
text = text.encode()[:2000].decode(errors="ignore")
print(json.dumps({"msgtype": "text", "text": {"content": text}}))
' | curl --fail --silent --show-error --noproxy '*' --max-time 20 \
    --header 'Content-Type: application/json' --data-binary @- "$WEBHOOK"
