/** Signals every process of a group, if there is any left. A group outlives its leader when the leader has started others. */
export function killGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return
  try {
    process.kill(-leader, signal)
  } catch {
    // Nobody is left in the group.
  }
}
