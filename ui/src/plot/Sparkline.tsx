const WIDTH = 58;
const HEIGHT = 24;

/** A small trend from 0 up; null is a time of which nothing is known. */
export function Sparkline({ values, tone }: { values: readonly (number | null)[]; tone: string }) {
  const top = Math.max(...values.map((value) => value ?? 0));
  const first = values.findIndex((value) => value !== null);
  if (values.length - first < 3 || top <= 0) return null;
  const points = values.slice(first).map((value, place) => {
    const i = first + place;
    const x = (i * WIDTH) / (values.length - 1);
    const y = HEIGHT - 1 - ((value ?? 0) / top) * (HEIGHT - 3);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  const line = `M${points.join('L')}`;
  return (
    <svg
      className="spark"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path
        className={`f-${tone} area`}
        d={`${line}V${HEIGHT}H${((first * WIDTH) / (values.length - 1)).toFixed(1)}Z`}
      />
      <path className={`ln s-${tone}`} d={line} />
    </svg>
  );
}
