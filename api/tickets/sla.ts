import type { LiveLibrary } from '../../delivery/library.ts';
import { type Derivation, derivation } from '../../engine/sla/derivation.ts';
import type { ClocksDoc } from '../../store/models/clock.ts';
import { clockOf, ledgerLineOf, times } from './answers.ts';

/**
 * The clocks of a ticket with the lines from which every due time can be derived.
 * @param now virtual epoch ms up to which running clocks are counted
 */
export async function showSla(doc: ClocksDoc | undefined, now: number, library: LiveLibrary) {
  if (doc === undefined) return { clocks: [], ledger: [], derivation: [] };
  const { policy, clocks, ledger } = doc;
  await library.load(clocks.flatMap(({ calendar }) => calendar?.hash ?? []));
  const derived = derivation({ clocks, ledger }, now, (hash) => {
    const definition = library.version(hash);
    return definition?.kind === 'calendar' ? definition : undefined;
  });
  return {
    ...(policy && { policy }),
    clocks: clocks.map(clockOf),
    ledger: ledger.map(ledgerLineOf),
    derivation: derived.map(derivationOf),
  };
}

function derivationOf({ target, n, lines, due }: Derivation) {
  return {
    target,
    n,
    ...times({ due }),
    lines: lines.map(({ from, to, due, ...line }) => ({ ...line, from: new Date(from), ...times({ to, due }) })),
  };
}
