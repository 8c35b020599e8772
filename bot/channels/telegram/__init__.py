"""Telegram: polling or webhook over python-telegram-bot, imported only where an office has such a channel."""
