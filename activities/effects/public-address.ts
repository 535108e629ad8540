import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, buildConnector } from 'undici';

/** The address behind a name is inside the company's network, or of the machine itself. */
export class AddressRefused extends Error {
  constructor(host: string) {
    super(`"${host}" is not a public address; add it to VORONKA_HTTP_ALLOW when it may be called`);
    this.name = 'AddressRefused';
  }
}

/**
 * An HTTP client that connects to public addresses only. The address is checked when the connection is made, so a name
 * that resolves differently the second time gains nothing.
 * @param allowed host names that may be called wherever they lead
 * @param timeout milliseconds for the connection
 */
export function guardedAgent(allowed: readonly string[], timeout: number): Agent {
  const connect = buildConnector({ timeout, lookup: publicLookup });
  const open = buildConnector({ timeout });
  return new Agent({
    connect(options, callback) {
      const host = options.hostname.replace(/^\[|\]$/g, '');
      if (allowed.includes(host)) return open(options, callback);
      // A literal address is connected to without a look-up.
      if (ipaddr.isValid(host) && !isPublic(host)) return callback(new AddressRefused(host), null);
      return connect(options, callback);
    },
  });
}

const publicLookup: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    const refused = addresses.some(({ address }) => !isPublic(address));
    const [first] = addresses;
    if (refused || first === undefined) return callback(new AddressRefused(host), '', 0);
    if (options.all) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};

/** Whether an IP address is one of the open internet; IPv4 inside IPv6 counts as what it is. */
export function isPublic(address: string): boolean {
  return ipaddr.process(address).range() === 'unicast';
}
