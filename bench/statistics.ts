/** Numbers out of samples. */

/** The value that the given share of all does not exceed; undefined where there are none. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)];
}

export function median(values: readonly number[]): number | undefined {
  return quantile(values, 0.5);
}

/**
 * How many times as much, round by round: what slows a whole round down, slows both.
 * @returns the median of the rounds' own ratios; undefined where one of them has nothing.
 */
export function ratio(
  ours: readonly (number | undefined)[],
  theirs: readonly (number | undefined)[],
): number | undefined {
  const each = ours.flatMap((value, round) => {
    const other = theirs[round];
    return value === undefined || other === undefined || other === 0 ? [] : [value / other];
  });
  return median(each);
}
