import type { Board, Wish } from '../api/deal-types.ts';

/** A wished move that the server has not answered yet. */
export interface Underway {
  id: string;
  wish: Wish;
}

/** The board as it will be: deals under way stand where they are to go, and those that end leave it. */
export function withMoves(board: Board, moves: readonly Underway[]): Board {
  return moves.reduce(withMove, board);
}

function withMove(board: Board, { id, wish: { to } }: Underway): Board {
  const from = board.stages.find(({ deals }) => deals.some((deal) => deal.id === id));
  const deal = from?.deals.find((one) => one.id === id);
  if (from === undefined || deal === undefined || from.key === to) return board;
  const { due: _, idle: __, ...moved } = { ...deal, stage: to };
  const stages = board.stages.map((stage) => {
    if (stage.key === from.key) {
      const deals = stage.deals.filter((one) => one.id !== id);
      return { ...stage, deals, count: stage.count - 1, sums: added(stage.sums, deal, -1) };
    }
    if (stage.key !== to) return stage;
    return { ...stage, deals: [...stage.deals, moved], count: stage.count + 1, sums: added(stage.sums, deal, 1) };
  });
  return { ...board, stages };
}

type Sums = Record<string, number>;

/** To the hundredth; a currency of which nothing is left goes. */
function added(
  sums: Sums,
  { amount = 0, currency }: { amount?: number | undefined; currency: string },
  sign: 1 | -1,
): Sums {
  const { [currency]: before = 0, ...others } = sums;
  const sum = Math.round((before + sign * amount) * 100) / 100;
  return sum === 0 ? others : { ...others, [currency]: sum };
}

/** What moves lead to, as people know it. */
export type Ways = Pick<Board, 'lostReasons'> & { stages: Pick<Board['stages'][number], 'key' | 'name'>[] };

/** The stage before or after another one. */
export function neighbour({ stages }: Ways, stage: string, step: 1 | -1): string | undefined {
  return stages[stages.findIndex(({ key }) => key === stage) + step]?.key;
}
