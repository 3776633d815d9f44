import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { RefObject } from 'react';
import { ButtonMenu } from '../../ui/ButtonMenu';
import { eventGlyph } from '../../ui/eventGlyph';
import { Glyph } from '../../ui/Glyph';
import { OTHER_TYPES } from './eventTypes';

interface OtherTypesMenuProps {
  button: RefObject<HTMLButtonElement | null>;
  types: readonly string[];
  onToggle(type: string): void;
  onClose(): void;
}

/** Stays open, so that several are chosen in one go. */
export function OtherTypesMenu({ button, types, onToggle, onClose }: OtherTypesMenuProps) {
  return (
    <ButtonMenu button={button} onClose={onClose}>
      <div className="otys">
        {OTHER_TYPES.map((type) => (
          <DropdownMenu.CheckboxItem
            key={type}
            checked={types.includes(type)}
            onCheckedChange={() => onToggle(type)}
            onSelect={(event) => event.preventDefault()}
          >
            <Glyph name={eventGlyph(type)} />
            {type}
            <DropdownMenu.ItemIndicator className="tick">
              <Check className="i s" />
            </DropdownMenu.ItemIndicator>
          </DropdownMenu.CheckboxItem>
        ))}
      </div>
    </ButtonMenu>
  );
}
