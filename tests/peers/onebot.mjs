// node-napcat-ts as the application: onebot.mjs TOKEN URL (forward). Answers each message and says what it met with.
import { NCWebsocket, Structs } from 'node-napcat-ts';
import { say } from './peer.mjs';

const [token, baseUrl] = process.argv.slice(2);
const napcat = new NCWebsocket({ baseUrl, accessToken: token, reconnection: { enable: false } }, false);

napcat.on('message.group', async (context) => {
  const words = context.message.filter((part) => part.type === 'text').map((part) => part.data.text);
  say({ heard: words.join(''), id: String(context.message_id), group: Number(context.group_id), card: context.sender.card });
  const message = [Structs.reply(context.message_id), Structs.at(context.user_id), Structs.text(' 牵头单位：〔财政局〕[附件]')];
  say({ sent: String((await napcat.send_group_msg({ group_id: context.group_id, message })).message_id) });
  say({ quoted: String((await napcat.get_msg({ message_id: context.message_id })).sender.user_id) });
  const members = await napcat.get_group_member_list({ group_id: context.group_id });
  say({ cards: members.map((one) => one.card) });
  try {
    await napcat.send('no_such_action', {});
  } catch (refusal) {
    say({ refused: refusal.retcode });
  }
});
napcat.on('notice.group_recall', (context) => say({ notice: context.notice_type, id: String(context.message_id) }));
napcat.on('meta_event.heartbeat', (context) => say({ online: context.status.online }));
await napcat.connect();
