import type { RefObject } from 'react';
import { ButtonPopover } from '../../ui/ButtonPopover';
import { ZoneList } from './ZoneList';

interface ZoneMenuProps {
  button: RefObject<HTMLButtonElement | null>;
  onClose(): void;
}

/** The list of zones under its button. */
export function ZoneMenu({ button, onClose }: ZoneMenuProps) {
  return (
    <ButtonPopover label="Time zone" className="menu zones" button={button} onClose={onClose}>
      <ZoneList onChosen={onClose} />
    </ButtonPopover>
  );
}
