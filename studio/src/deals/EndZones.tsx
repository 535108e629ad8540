import { dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Where a deal is dropped that is over; seen while one is dragged. */
export function EndZones() {
  const [dragging, setDragging] = useState(false);
  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => typeof source.data.deal === 'string',
        onDragStart: () => setDragging(true),
        onDrop: () => setDragging(false),
      }),
    [],
  );
  if (!dragging) return null;
  return (
    // By keyboard the same is reached by the menu of the deal.
    <div className="end-zones" aria-hidden>
      <Zone end="won" />
      <Zone end="lost" />
    </div>
  );
}

const signs = { won: IconCircleCheck, lost: IconCircleX };

function Zone({ end }: { end: 'won' | 'lost' }) {
  const { t } = useTranslation();
  const zone = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState(false);
  const Sign = signs[end];
  useEffect(() => {
    if (zone.current === null) return;
    return dropTargetForElements({
      element: zone.current,
      getData: () => ({ stage: end }),
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
    });
  }, [end]);
  return (
    <div ref={zone} className="end-zone" data-end={end} data-over={over || undefined}>
      <Sign size={22} /> {t(`dealStatus.${end}`)}
    </div>
  );
}
