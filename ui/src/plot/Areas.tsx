interface Layer {
  /** After its status, as in `queued`. */
  tone: string;
  values: readonly number[];
}

interface AreasProps {
  /** Where each value stands, of 1. */
  shares: readonly number[];
  layers: readonly Layer[];
  top: number;
}

/**
 * Areas on top of each other, the first at the foot, each with a line along its upper edge. A value holds until the next one: what was
 * between two looks is not known, and a slope would tell a story.
 */
export function Areas({ shares, layers, top }: AreasProps) {
  const steps = (values: readonly number[]): string[] =>
    shares.flatMap((share, i) => {
      const y = (100 - ((values[i] ?? 0) / top) * 100).toFixed(2);
      const next = shares[i + 1];
      const from = `${(share * 1000).toFixed(1)} ${y}`;
      return next === undefined ? [from] : [from, `${(next * 1000).toFixed(1)} ${y}`];
    });
  let foot: readonly number[] = shares.map(() => 0);
  return layers.map(({ tone, values }) => {
    const below = foot;
    const head = values.map((value, i) => value + (below[i] ?? 0));
    foot = head;
    const line = steps(head);
    const back = steps(below).reverse();
    if (values.every((value) => value === 0)) return null;
    return (
      <g key={tone}>
        <path className={`f-${tone} pale`} d={`M${[...line, ...back].join('L')}Z`} />
        <path className={`ln s-${tone}`} d={`M${line.join('L')}`} />
      </g>
    );
  });
}
