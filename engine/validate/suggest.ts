/**
 * The candidate nearest to a mistyped name by Damerau-Levenshtein distance (optimal string alignment), or undefined
 * when none is near enough: at most a third of the name's length, and at least one letter.
 */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

/** `, did you mean "remind"?`, or the names there are when none is near and they are few. */
export function hint(name: string, candidates: Iterable<string>): string {
  const known = [...candidates];
  const near = suggest(name, known);
  if (near !== undefined) return `, did you mean "${near}"?`;
  if (known.length === 0 || known.length > 12) return '';
  return `; there ${known.length === 1 ? 'is' : 'are'} ${known.map((one) => `"${one}"`).join(', ')}`;
}

function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = at(previous, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(change, at(previous, j) + 1, at(row, j - 1) + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, at(before, j - 2) + 1);
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return at(previous, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
