'use client'

import { ListTable, Loading } from '#app/_components/admin/list-table.tsx'
import { useLoaded } from '#app/_hooks/use-loaded.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'

/** What this server runs with. Settings are environment variables: they change with a restart, not here. */
export function SettingsScreen() {
  const { api } = useDashboard()
  const { answer, problem } = useLoaded(api.settings)
  if (!answer) return <Loading problem={problem} />
  return (
    <>
      <p className="mb-4 max-w-prose text-ink-soft">
        Settings come from the environment of the server and take effect when it starts. Secrets are never shown.
      </p>
      <ListTable caption="Settings" columns={['Name', 'Value', 'Where from']}>
        {answer.settings.map(({ name, value, is_set, is_secret }) => (
          <tr key={name}>
            <td className="whitespace-nowrap font-mono text-[0.8125rem]">{name}</td>
            <td className="break-all font-mono text-[0.8125rem]">
              {is_secret ? (
                <span className="text-ink-faint">secret</span>
              ) : (
                (value ?? <span className="text-ink-faint">none</span>)
              )}
            </td>
            <td className="whitespace-nowrap text-ink-soft text-xs">{is_set ? 'environment' : 'default'}</td>
          </tr>
        ))}
      </ListTable>
    </>
  )
}
