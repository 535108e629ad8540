import type { ForecastCell } from '../api/forecast.ts';

/** The 80 % interval as a bar, with a line where the expected sum is. */
export function IntervalBar({ cell: { low, high, expected }, top }: { cell: ForecastCell; top: number }) {
  const part = (amount: number) => `${top === 0 ? 0 : (amount / top) * 100}%`;
  return (
    <div className="forecast-interval" aria-hidden>
      <span style={{ insetInlineStart: part(low), width: part(high - low) }} />
      <i style={{ insetInlineStart: `calc(${part(expected)} - 1px)` }} />
    </div>
  );
}
