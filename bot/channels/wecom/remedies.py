"""What somebody has to mend when 企业微信 refuses: one sentence each, with the words of its console. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.access import address_in
from bot.channels.protocol import Trouble, Verdict
from bot.channels.reactions import Code

_CODES: Mapping[Code, str] = {
    60020: "企业微信不认本机的出口地址{ip}，已停止发送；请在管理后台该应用的“企业可信IP”里加上它，约一分钟后生效，再重新启动。",
    40001: "应用的 Secret 不对，已停止发送；请在管理后台该应用的详情页重新复制，改好后重新启动。",
    40013: "企业ID 不对，已停止发送；请在管理后台“我的企业”页底部重新复制，改好后重新启动。",
    40056: "AgentId 不对，已停止发送；请在管理后台该应用的详情页重新复制，改好后重新启动。",
    301002: "这个 Secret 不是这个应用的，已停止发送；请在管理后台该应用的详情页重新复制 AgentId 和 Secret，改好后重新启动。",
    48002: "应用没有这个接口的权限，已停止发送；请在管理后台查看该应用的权限，改好后重新启动。",
    60011: "应用的可见范围不是全公司，不能用应用群；请在管理后台把可见范围改为最上级部门。",
    86008: "这个群不是本应用建的，不能往里发；应用群只能由本应用新建。",
}
_TROUBLES = {
    Trouble.AUTH: "账号被企业微信拒绝，已停止发送；请核对企业ID、AgentId、Secret 和企业可信IP，改好后重新启动，没有发出的会接着发。",
    Trouble.TARGET: "这个会话发不进去，可能已解散或移出了机器人；请重新添加后更新设置。",
    Trouble.CONTENT: "一条消息的内容没有被接受，没有发出；请查看台账里的原文，改由人工转达。",
}


def remedy(channel: str, code: Code, verdict: Verdict) -> str:
    """The sentence for a verdict that is an alarm; empty where nobody has to do anything."""
    found = _CODES.get(code) or (_TROUBLES.get(verdict.trouble, "") if verdict.trouble else "")
    ip = address_in(verdict.raw)
    return f"通道“{channel}”（{verdict.raw[:60]}）：{found.format(ip=f' {ip} ' if ip else '')}" if found else ""
