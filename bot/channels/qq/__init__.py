"""QQ: groups through OneBot v11 (segments, events, actions, link, onebot) and the official bot (the modules `official…`)."""
