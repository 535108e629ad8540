/** How many instances stand at each step, and how many of them at an incident. */
export interface Occupancy {
  standing: Record<string, number>;
  incidents: Record<string, number>;
}
