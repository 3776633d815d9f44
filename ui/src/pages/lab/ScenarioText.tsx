import { useEffect, useRef } from 'react';

interface ScenarioTextProps {
  text: string;
  /** To go to. */
  line: number | null;
  fault: { line: number; message: string } | null;
  onText(text: string): void;
}

/** The scenario as it is. */
export function ScenarioText({ text, line, fault, onText }: ScenarioTextProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const field = area.current;
    if (line === null || !field) return;
    const lines = field.value.split('\n');
    const from = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    field.focus();
    field.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
    field.scrollTop = (field.scrollHeight * (line - 4)) / lines.length;
  }, [line]);
  return (
    <div className="cs yaml">
      <textarea
        ref={area}
        className="input"
        aria-label="Scenario in YAML or JSON"
        aria-invalid={fault !== null}
        aria-describedby={fault ? 'yaml-fault' : undefined}
        spellCheck={false}
        wrap="off"
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
      {fault && (
        <p className="fault" id="yaml-fault">
          Line {fault.line}: {fault.message}
        </p>
      )}
    </div>
  );
}
