/**
 * Who may send webhooks, and how each signs. `standard`: Standard Webhooks with our own format, `url`: where replies go. `telegram`: the
 * secret token of setWebhook, `token`: of the bot, for replies. `vk`: the secret key and the confirmation string of the
 * Callback API. `twilio`: the auth token. `zadarma`: the API secret.
 */
export type WebhookSource =
  | { name: string; format: 'standard'; secret: string; url?: string }
  | { name: string; format: 'telegram'; secret: string; token?: string }
  | { name: string; format: 'vk'; secret: string; confirmation: string }
  | { name: string; format: 'twilio'; secret: string }
  | { name: string; format: 'zadarma'; secret: string };

/** Reads `<name>=<format>:<secret>[:<what the format needs beside it>]`. @returns what is wrong, as text, when it is none */
export function parseWebhook(text: string): WebhookSource | string {
  const [, name, format, rest = ''] = /^([a-z][a-z0-9-]{0,39})=([a-z]+):(.+)$/.exec(text) ?? [];
  if (name === undefined) return 'must hold entries such as shop-chat=standard:whsec_…';
  const cut = rest.indexOf(':');
  const secret = cut === -1 ? rest : rest.slice(0, cut);
  const more = cut === -1 ? '' : rest.slice(cut + 1);
  if (secret.length < 8) return `${name}: the secret must have at least 8 characters`;
  switch (format) {
    case 'standard':
      if (more !== '' && !URL.canParse(more)) return `${name}: what follows the secret must be the address for replies`;
      return { name, format, secret, ...(more !== '' && { url: more }) };
    case 'telegram':
      return { name, format, secret, ...(more !== '' && { token: more }) };
    case 'vk':
      if (more === '') return `${name}: give the confirmation string too: ${name}=vk:<secret>:<confirmation>`;
      return { name, format, secret, confirmation: more };
    case 'twilio':
    case 'zadarma':
      return { name, format, secret };
    default:
      return `${name}: the format is one of standard, telegram, vk, twilio, zadarma`;
  }
}
