// WeCom's own encryption, many messages at a time.
import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import { serve } from './peer.mjs';

await serve({
  encrypt: (key, receiver, messages) => messages.map((message) => encrypt(key, message, receiver)),
  decrypt: (key, messages) => messages.map((message) => {
    const { message: text, id } = decrypt(key, message);
    return [text, id];
  }),
  signature: (token, timestamp, nonce, encrypted) => getSignature(token, timestamp, nonce, encrypted),
});
