import { type Command, commandsFor } from '#app/_components/palette/commands.ts'
import { useSelectedKey } from '#app/_hooks/use-place.ts'
import { useRow } from '#app/_hooks/use-row.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'

/** The commands of the place that is shown. */
export function useCommands(): Command[] {
  const { viewer, ask } = useDashboard()
  const row = useRow(useSelectedKey() ?? '')
  return commandsFor({ viewer, row, ask })
}
