import { Tooltip } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';

/** Where tooltips are put, so that they belong to a landmark. */
export const HINTS_ID = 'hints';

interface ButtonProps extends ComponentProps<'button'> {
  tone?: 'pri' | 'acc' | 'ghost' | 'danger' | 'solid-danger';
  size?: 'lg' | 'icon';
  /** Why it cannot be pressed now. It can still be reached, and says so in its tooltip. */
  refusal?: string | null;
}

export function Button({ tone, size, refusal, className = '', onClick, ...rest }: ButtonProps) {
  const names = ['btn', tone, size, className].filter(Boolean).join(' ');
  const button = (
    <button
      type="button"
      {...rest}
      className={names}
      aria-disabled={refusal ? true : undefined}
      onClick={refusal ? (event) => event.preventDefault() : onClick}
    />
  );
  return refusal ? <Hint text={refusal}>{button}</Hint> : button;
}

export function IconButton({ label, ...rest }: Omit<ButtonProps, 'size'> & { label: string }) {
  const button = <Button {...rest} size="icon" aria-label={label} />;
  return rest.refusal ? button : <Hint text={label}>{button}</Hint>;
}

export function Hint({ text, children }: { text: string; children: ReactNode }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal container={document.getElementById(HINTS_ID)}>
        <Tooltip.Content className="tip" sideOffset={6} collisionPadding={8}>
          {text}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
