import type { SmsConfig } from '../../config/config.ts';
import type { SmsGateway } from './handover.ts';
import { smsRu } from './sms-ru.ts';
import { twilio } from './twilio.ts';

/** The gateway that is configured; `mailbox` where there is none. */
export function smsGateway(config: SmsConfig, mailbox: SmsGateway): SmsGateway {
  if (config.provider === 'smsru') return smsRu(config);
  if (config.provider === 'twilio') return twilio(config);
  return mailbox;
}
