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
      <ListTable caption="Settings" columns={['Name', 'Value']}>
        {answer.settings.map(({ name, value, is_set, is_secret }) => (
          <tr key={name}>
            <td className="break-words font-mono text-[0.8125rem]">{name.replaceAll('_', '_\u200b')}</td>
            <td>
              <span className={`break-all font-mono text-[0.8125rem] ${value === null ? 'text-ink-faint' : ''}`}>
                {is_secret ? 'not shown' : (value ?? 'none')}
              </span>
              <span className="block text-ink-faint text-xs">{is_set ? 'from the environment' : 'default'}</span>
            </td>
          </tr>
        ))}
      </ListTable>
    </>
  )
}
