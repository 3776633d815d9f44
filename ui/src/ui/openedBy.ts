import type { RefObject } from 'react';

/** What opens by a button that stays one itself: pressing the button again is for the button alone, and the focus returns to it. */
export const openedBy = (button: RefObject<HTMLButtonElement | null>) => ({
  onInteractOutside: (event: Event): void => {
    if (button.current?.contains(event.target as Node)) event.preventDefault();
  },
  onCloseAutoFocus: (event: Event): void => {
    event.preventDefault();
    button.current?.focus();
  },
});
