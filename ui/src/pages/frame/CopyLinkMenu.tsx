import { DropdownMenu } from 'radix-ui';
import type { RefObject } from 'react';
import { ButtonMenu } from '../../ui/ButtonMenu';
import { copyLink } from './useAnywhereKeys';
import type { CopyMoment } from './useCopyMoment';

interface CopyLinkMenuProps {
  moment: CopyMoment;
  button: RefObject<HTMLButtonElement | null>;
  onClose(): void;
}

/** What link to copy. */
export const CopyLinkMenu = ({ moment, button, onClose }: CopyLinkMenuProps) => (
  <ButtonMenu button={button} onClose={onClose}>
    <DropdownMenu.Item onSelect={copyLink}>
      Link to this page
      <span className="why">live, for whoever opens it</span>
    </DropdownMenu.Item>
    <DropdownMenu.Item disabled={moment.refusal !== null} onSelect={moment.copy}>
      Link to this moment
      <span className="why">{moment.refusal ?? 'shows what is here now, for good'}</span>
    </DropdownMenu.Item>
  </ButtonMenu>
);
