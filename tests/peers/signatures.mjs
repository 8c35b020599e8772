// The signatures of 飞书 (the words are the key) and 钉钉 (the words are the message) by Node's own crypto.
import { createHmac } from 'node:crypto';
import { serve } from './peer.mjs';

const sign = (key, message) => createHmac('sha256', key).update(message).digest('base64');

await serve({
  both: (secret, moment) => [
    sign(`${moment}\n${secret}`, ''),
    sign(secret, `${moment * 1000}\n${secret}`),
  ],
});
