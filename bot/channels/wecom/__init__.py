"""企业微信: the group webhook, the self-built app and the groups it made, the smart robot."""
