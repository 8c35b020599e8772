// The official SDK of 企业微信's smart robots as a client: node wecom_robot.mjs ADDRESS ROBOT SECRET
import { WSClient } from '@wecom/aibot-node-sdk';
import { say, serve } from './peer.mjs';

const [wsUrl, botId, secret] = process.argv.slice(2);
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const client = new WSClient({
  botId, secret, wsUrl, logger: silent, heartbeatInterval: 700, reconnectInterval: 5, maxAuthFailureAttempts: 2, maxReconnectAttempts: 2,
});
const events = ['authenticated', 'disconnected', 'message.text', 'message.file', 'message.mixed', 'event.enter_chat',
  'event.template_card_event', 'event.disconnected_event'];
for (const event of events) client.on(event, (frame) => say({ event, frame: frame ?? null }));
client.on('error', (error) => say({ event: 'error', frame: error.message }));

await serve({
  connect: () => { client.connect(); },
  reply_stream: (frame, id, content, finish) => client.replyStream(frame, id, content, finish),
  reply_welcome: (frame, body) => client.replyWelcome(frame, body),
  send_message: (chat, body) => client.sendMessage(chat, body),
  update_template_card: (frame, card, userids) => client.updateTemplateCard(frame, card, userids),
  upload_media: (content, type, filename) => client.uploadMedia(Buffer.from(content, 'base64'), { type, filename }),
  send_media_message: (chat, type, id) => client.sendMediaMessage(chat, type, id),
  download_file: async (url, key) => {
    const { buffer, filename } = await client.downloadFile(url, key);
    return [filename, buffer.toString('base64')];
  },
  disconnect: () => client.disconnect(),
});
