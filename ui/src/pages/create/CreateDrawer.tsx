import { useState } from 'react';
import { Drawer } from '../../ui/Overlay';
import { CreateForm } from './CreateForm';
import './create.css';

export function CreateDrawer({ onClose }: { onClose(): void }) {
  const [isOpen, setOpen] = useState(true);
  const close = (): void => {
    setOpen(false);
    onClose();
  };
  return (
    <Drawer title="New job" description="Describe a job and create it" isOpen={isOpen} onClose={close}>
      <CreateForm onDone={close} />
    </Drawer>
  );
}
