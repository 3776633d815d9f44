/** The letter of a side, in its colour. */
export const SideMark = ({ side }: { side: 'A' | 'B' }) => (
  <span className={side === 'B' ? 'side-mark b' : 'side-mark'}>{side}</span>
);

export const sideOf = (index: number): 'A' | 'B' => (index === 0 ? 'A' : 'B');
