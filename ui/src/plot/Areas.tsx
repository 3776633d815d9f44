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

/** Areas on top of each other, the first at the foot, each with a line along its upper edge. */
export function Areas({ shares, layers, top }: AreasProps) {
  const place = (share: number, value: number): string =>
    `${(share * 1000).toFixed(1)} ${(100 - (value / top) * 100).toFixed(2)}`;
  let foot: readonly number[] = shares.map(() => 0);
  return layers.map(({ tone, values }) => {
    const below = foot;
    const head = values.map((value, i) => value + (below[i] ?? 0));
    foot = head;
    const line = shares.map((share, i) => place(share, head[i] ?? 0));
    const back = shares.map((share, i) => place(share, below[i] ?? 0)).reverse();
    return (
      <g key={tone}>
        <path className={`f-${tone} pale`} d={`M${[...line, ...back].join('L')}Z`} />
        <path className={`ln s-${tone}`} d={`M${line.join('L')}`} />
      </g>
    );
  });
}
