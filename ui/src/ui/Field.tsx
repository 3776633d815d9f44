import { type ComponentProps, type ReactNode, useId } from 'react';

interface FieldProps {
  label: string;
  fault?: string | undefined;
  children(ids: { id: string; 'aria-invalid': boolean; 'aria-describedby': string | undefined }): ReactNode;
}

/** A label, a control and what is wrong with it. */
export function Field({ label, fault, children }: FieldProps) {
  const id = useId();
  const faultId = `${id}-fault`;
  return (
    <div>
      <label className="lab" htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-invalid': fault !== undefined, 'aria-describedby': fault ? faultId : undefined })}
      {fault && (
        <p className="fault" id={faultId}>
          {fault}
        </p>
      )}
    </div>
  );
}

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  label: string;
  value: string;
  fault?: string | undefined;
  /** What is likely; anything else can be typed as well. */
  known?: readonly string[];
  onChange(value: string): void;
}

export function TextField({ label, fault, known = [], onChange, ...rest }: TextFieldProps) {
  return (
    <Field label={label} fault={fault}>
      {(ids) => (
        <>
          <input
            className="input"
            autoComplete="off"
            spellCheck={false}
            {...rest}
            {...ids}
            list={known.length > 0 ? `${ids.id}-known` : undefined}
            onChange={(event) => onChange(event.target.value)}
          />
          {known.length > 0 && (
            <datalist id={`${ids.id}-known`}>
              {known.map((each) => (
                <option key={each} value={each} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  );
}

interface PayloadFieldProps {
  value: string;
  rows: number;
  fault?: string | undefined;
  onChange(value: string): void;
}

/** JSON as text: kept as typed, never reformatted. */
export function PayloadField({ value, rows, fault, onChange }: PayloadFieldProps) {
  return (
    <Field label="Payload" fault={fault}>
      {(ids) => (
        <textarea
          className="input"
          name="payload"
          spellCheck={false}
          rows={rows}
          value={value}
          {...ids}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
