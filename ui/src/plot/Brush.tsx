import { useState } from 'react';
import { shareUnder } from './shareUnder';

interface BrushProps {
  onPick(from: number, to: number): void;
  onReset(): void;
}

/** Over a plot: a stretch of it is picked by dragging; a double click takes it back. The buttons beside the plot do the same. */
export function Brush({ onPick, onReset }: BrushProps) {
  const [from, setFrom] = useState<number | null>(null);
  const [to, setTo] = useState(0);
  const end = (): void => {
    if (from !== null) onPick(from, to);
    setFrom(null);
  };
  return (
    <div
      className="brush"
      onPointerDown={(event) => {
        if (event.button !== 0 || event.pointerType === 'touch') return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setFrom(shareUnder(event));
        setTo(shareUnder(event));
      }}
      onPointerMove={(event) => from !== null && setTo(shareUnder(event))}
      onPointerUp={end}
      onPointerCancel={() => setFrom(null)}
      onDoubleClick={onReset}
    >
      {from !== null && (
        <i style={{ left: `${Math.min(from, to) * 100}%`, width: `${Math.abs(to - from) * 100}%` }} />
      )}
    </div>
  );
}
