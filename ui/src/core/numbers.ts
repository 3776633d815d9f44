const wholes = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `16,084,212`. */
export const count = (n: number): string => wholes.format(n);

/** `980`, `16.1K`, `16.1M`: for the sidebar and axes only. */
export function shortCount(n: number): string {
  if (n < 10_000) return count(n);
  return n < 1_000_000 ? `${threeDigits(n / 1000)}K` : `${threeDigits(n / 1_000_000)}M`;
}

/** Three digits: `186`, `18.6`, `7.80`. */
function threeDigits(n: number): string {
  return n >= 100 ? n.toFixed(0) : n.toFixed(1);
}

/** `186.4/s`, `7.8/s`. */
export const rate = (perSecond: number): string => {
  if (perSecond === 0) return '0/s';
  return `${perSecond >= 1000 ? count(perSecond) : perSecond.toFixed(1)}/s`;
};

/** The same by the minute where there are few: `3/min`, `0.4/min`. */
export function pace(perSecond: number): string {
  const perMinute = perSecond * 60;
  if (perMinute === 0 || perSecond >= 0.095) return rate(perSecond);
  return `${perMinute < 0.95 ? perMinute.toFixed(1) : Math.round(perMinute)}/min`;
}

/** One decimal, two above 99, rounded down there so that 99.996 never reads 100. */
export function percent(fraction: number): string {
  const value = fraction * 100;
  if (value === 100 || value === 0) return `${value} %`;
  return value > 99 ? `${(Math.floor(value * 100) / 100).toFixed(2)} %` : `${value.toFixed(1)} %`;
}

/** `214 B`, `1.2 MB`. */
export function bytes(n: number): string {
  if (n < 1000) return `${n} B`;
  return n < 1_000_000 ? `${(n / 1000).toFixed(1)} KB` : `${(n / 1_000_000).toFixed(1)} MB`;
}

/** `1 job`, `37 jobs`. */
export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : many}`;
