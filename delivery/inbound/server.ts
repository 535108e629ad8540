import { supportAddresses } from '../../engine/policy/support.ts';
import { type Envelope, listenForMail, type SmtpListener } from '../smtp/listen.ts';
import { type InboundDeps, receiveMail } from './receive.ts';

export interface InboundSettings {
  /** 0: any free port. */
  port: number;
  host: string;
  /** Largest mail. */
  maxBytes: number;
}

/**
 * The SMTP server for the support addresses. It answers 250 only when a mail and what follows from it are stored, 451 when
 * the store does not take it, 550 for other addresses. A mail relay stands before it, which speaks TLS and knows spam.
 */
export async function startInbound(settings: InboundSettings, deps: InboundDeps): Promise<SmtpListener> {
  const slot = {
    ...settings,
    disabledCommands: ['AUTH', 'STARTTLS'],
    // Each holds the mail that it sends in memory.
    maxClients: 20,
    closeTimeout: 5_000,
    refuse: async (address: string) =>
      (await isSupport(address, deps)) ? undefined : `5.1.1 ${address} takes no mail here`,
    async keep(raw: Buffer, envelope: Envelope) {
      const { _id, verdict } = await receiveMail(raw, envelope, deps);
      return `2.6.0 kept as ${_id} (${verdict})`;
    },
  };
  return await listenForMail(slot, deps.log);
}

/** Tags count as the address itself: bounces come to `support+…@`. */
async function isSupport(address: string, { policy }: InboundDeps): Promise<boolean> {
  const { company } = await policy();
  return supportAddresses(company).includes(address.toLowerCase().replace(/\+[^@]*(?=@)/, ''));
}
