import { type Command, commandsFor } from '#app/_components/palette/commands.ts'
import { useSelectedKey } from '#app/_hooks/use-place.ts'
import { useRow } from '#app/_hooks/use-row.ts'
import { useVariantActions } from '#app/_hooks/use-variant-actions.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'

/** The commands of the place that is shown. */
export function useCommands(): Command[] {
  const { viewer, ask } = useDashboard()
  const row = useRow(useSelectedKey() ?? '')
  const { resume } = useVariantActions()
  return commandsFor({ viewer, row, ask, resume })
}
