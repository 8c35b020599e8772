// telegram-test-api as a Bot API server, with what a strict client does not take from it set right: who the bot is, seconds
// instead of milliseconds, groups that are groups, and the instance of a pressed button. Its message flow stays its own.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { lines, say } from './peer.mjs';

const require = createRequire(import.meta.url);
const { TelegramServer } = require('telegram-test-api/lib/telegramServer.js');
const [port, token] = [Number(process.argv[2]), process.argv[3]];
const me = { id: 7654321, is_bot: true, first_name: '牵头', username: 'QiantouBot', can_read_all_group_messages: false };
const failures = [];
const shown = [];

const server = new TelegramServer({ port });
const chat = (id) =>
  id < 0 ? { id, type: 'supergroup', title: '督查群' } : { id, type: 'private', first_name: '王芳' };
const seconds = (message) => ({ ...message, date: Math.floor((message.date || Date.now()) / 1000) });
const add = server.addBotMessage.bind(server);
server.addBotMessage = (raw, botToken) => {
  const message = { ...seconds(add(raw, botToken)), chat: chat(Number(raw.chat_id)), from: me };
  shown.push({ chat: raw.chat_id, text: raw.text, mode: raw.parse_mode, markup: raw.reply_markup, id: message.message_id });
  return message;
};
const format = TelegramServer.formatUpdate;
TelegramServer.formatUpdate = (update) => {
  const made = format(update);
  if (made.callback_query) made.callback_query.chat_instance = '1';
  return made;
};

const json = (response, body, status = 200) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};
const front = createServer((request, response) => {
  const method = request.url.split('/').pop().split('?')[0];
  const failing = failures.findIndex((one) => one.method === method);
  if (failing >= 0) {
    const [{ status, body }] = failures.splice(failing, 1);
    request.resume();
    return json(response, body, status);
  }
  if (method === 'getMe') return json(response, { ok: true, result: me });
  if (method === 'answerCallbackQuery') return json(response, { ok: true, result: true });
  // It does not wait for news as the platform does; without a pause a client would ask a thousand times a second.
  return setTimeout(() => server.webServer(request, response), method === 'getUpdates' ? 30 : 0);
});
front.listen(port, '127.0.0.1', () => say({ ready: true }));

for await (const line of lines()) {
  if (line.say) await server.addUserMessage({ botToken: token, ...line.say });
  if (line.press) await server.addUserCallback({ botToken: token, ...line.press });
  if (line.fail) failures.push(line.fail);
  say(line.shown ? { shown } : { done: true });
}
process.exit(0);
