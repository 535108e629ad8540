/** What is left until an instant, to the second: "2:05", "1:02:05", "3d 02:15"; what is over begins with a minus. */
export function countdown(left: number, dayUnit: string): string {
  const seconds = Math.floor(Math.abs(left) / 1_000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const two = (value: number) => String(value).padStart(2, '0');
  const sign = left < 0 ? '−' : '';
  if (days > 0) return `${sign}${days}${dayUnit} ${two(hours % 24)}:${two(minutes % 60)}`;
  if (hours > 0) return `${sign}${hours}:${two(minutes % 60)}:${two(seconds % 60)}`;
  return `${sign}${minutes}:${two(seconds % 60)}`;
}
