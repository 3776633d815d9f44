import { Drawer } from '../../ui/Overlay';
import { ZoneList } from './ZoneList';

/** The list of zones where there is no room for a menu. */
export function ZoneDrawer({ onClose }: { onClose(): void }) {
  return (
    <Drawer title="Time zone" description="In which zone every time is shown" isOpen onClose={onClose}>
      <div className="zones">
        <ZoneList onChosen={onClose} />
      </div>
    </Drawer>
  );
}
