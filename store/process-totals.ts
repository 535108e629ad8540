import { type InstanceDoc, Instances } from './models/instance.ts';

/** How many instances of a process are in each status, and how many stand at an incident. */
export interface ProcessTotals {
  statuses: Partial<Record<InstanceDoc['status'], number>>;
  incidents: number;
}

/** Totals of every process that ever had an instance, in one read. */
export async function processTotals(): Promise<Map<string, ProcessTotals>> {
  const rows = await Instances.aggregate<{
    _id: { process: string; status: InstanceDoc['status'] };
    count: number;
    incidents: number;
  }>([
    {
      $group: {
        _id: { process: '$process', status: '$status' },
        count: { $sum: 1 },
        incidents: { $sum: { $cond: [{ $gt: [{ $size: '$incidents' }, 0] }, 1, 0] } },
      },
    },
  ]);
  const totals = new Map<string, ProcessTotals>();
  for (const { _id, count, incidents } of rows) {
    const known = totals.get(_id.process) ?? { statuses: {}, incidents: 0 };
    known.statuses[_id.status] = count;
    known.incidents += incidents;
    totals.set(_id.process, known);
  }
  return totals;
}

/** How many incidents of a process stand at each step. */
export async function incidentsByStep(process: string): Promise<Record<string, number>> {
  const rows = await Instances.aggregate<{ _id: string; count: number }>([
    { $match: { process, 'incidents.0': { $exists: true } } },
    { $unwind: '$incidents' },
    { $group: { _id: '$incidents.step', count: { $sum: 1 } } },
  ]);
  return Object.fromEntries(rows.map(({ _id, count }) => [_id, count]));
}
