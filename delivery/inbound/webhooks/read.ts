import type { WebhookSource } from '../../../config/webhooks.ts';
import type { Reading, WebhookRequest } from './reading.ts';
import { readStandard } from './standard.ts';
import { readTelegram } from './telegram.ts';
import { readTwilio } from './twilio.ts';
import { readVk } from './vk.ts';
import { readZadarma } from './zadarma.ts';

/**
 * What a webhook says, if it is signed as agreed with its source.
 * @throws VoronkaError SIGNATURE_INVALID, MALFORMED_JSON, VALIDATION_FAILED
 */
export function readWebhook(request: WebhookRequest, source: WebhookSource): Reading {
  switch (source.format) {
    case 'standard':
      return readStandard(request, source.secret);
    case 'telegram':
      return readTelegram(request, source.secret);
    case 'vk':
      return readVk(request, source);
    case 'twilio':
      return readTwilio(request, source.secret);
    case 'zadarma':
      return readZadarma(request, source.secret);
  }
}
