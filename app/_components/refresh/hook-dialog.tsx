'use client'

import { useState } from 'react'
import { PanelDialog } from '#app/_components/dialogs/panel-dialog.tsx'
import { HookChoiceFields } from '#app/_components/refresh/hook-choice-fields.tsx'
import { Button } from '#app/_components/ui/button.tsx'
import { CopyButton } from '#app/_components/ui/copy-button.tsx'
import { Problem } from '#app/_components/ui/problem.tsx'
import { useSending } from '#app/_hooks/use-sending.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import type { ProjectPlace } from '#lib/api-client.ts'
import { type CreatedHook, type HookChoice, hereOnly, narrowedPath } from '#lib/domain/hooks.ts'
import type { VariantRow } from '#lib/domain/variant.ts'

interface Props {
  project: ProjectPlace
  /** Of the project: what the address may stand for. */
  rows: readonly VariantRow[]
  /** There is a hook, which becomes void. */
  replaces: boolean
  onMade: () => void
  onClose: () => void
}

/** Makes a push hook and shows its address and secret, this once. */
export default function HookDialog({ project, rows, replaces, onMade, onClose }: Props) {
  const { api } = useDashboard()
  const { busy, problem, send } = useSending()
  const [unsigned, setUnsigned] = useState(false)
  const [choice, setChoice] = useState<HookChoice>({})
  const [made, setMade] = useState<CreatedHook | null>(null)

  async function make() {
    const isDone = await send(async () => {
      const hook = await api.createHook(project, { needs_signature: !unsigned })
      setMade({ ...hook, path: narrowedPath(hook.path, choice) })
    })
    if (isDone) onMade()
  }

  if (made) return <MadeDialog hook={made} onClose={onClose} />
  return (
    <PanelDialog
      title={replaces ? 'Make a new address and secret?' : 'Make a push hook'}
      description={
        replaces
          ? 'The present ones are void at once: enter the new ones wherever those were.'
          : 'You get an address and a secret to enter in the settings of the repository.'
      }
      onClose={onClose}
    >
      <HookChoiceFields rows={rows} choice={choice} onChange={setChoice} />
      <label className="mt-4 flex items-start gap-2">
        <input type="checkbox" className="mt-1" checked={unsigned} onChange={() => setUnsigned(!unsigned)} />
        <span>
          Also take requests without a signature
          <span className="block text-ink-faint text-xs">
            For curl and programs that cannot sign; whoever knows the address can then start refreshes.
          </span>
        </span>
      </label>
      <Problem text={problem} />
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="primary" disabled={busy} onClick={make}>
          {busy ? 'Making…' : 'Make it'}
        </Button>
      </div>
    </PanelDialog>
  )
}

function MadeDialog({ hook, onClose }: { hook: CreatedHook; onClose: () => void }) {
  const address = `${window.location.origin}${hook.path}`
  const warning = hereOnly(address)
  return (
    <PanelDialog
      title="Address and secret"
      description="Both are shown this once: copy them now."
      onClose={onClose}
      keepsOpen
    >
      <dl className="space-y-3">
        <Once name="Address" what="address" text={address} />
        <Once name="Secret" what="secret" text={hook.secret} />
      </dl>
      {warning && <p className="mt-3 text-amber">{warning}</p>}
      <ul className="mt-4 list-disc space-y-1 pl-5 text-ink-soft text-xs">
        <li>GitHub: Settings, Webhooks, “Payload URL” and “Secret”; events: just the push event.</li>
        <li>GitLab: Settings, Webhooks, “URL” and “Secret token” (or signing token); trigger: push events.</li>
        <li>Gitea, Forgejo: Settings, Webhooks, “Target URL” and “Secret”; trigger: push events.</li>
        {!hook.needs_signature && (
          <li>
            curl: <code className="break-all font-mono">curl -d branch=main '{address}'</code>
          </li>
        )}
      </ul>
      <div className="mt-4 flex justify-end">
        <Button kind="primary" onClick={onClose}>
          I have copied both
        </Button>
      </div>
    </PanelDialog>
  )
}

function Once({ name, what, text }: { name: string; what: string; text: string }) {
  return (
    <div className="rounded-md border border-line bg-sunken p-3">
      <dt className="text-ink-faint text-xs">{name}</dt>
      <dd className="mt-1 flex items-start gap-2">
        <code data-once={what} className="min-w-0 break-all font-mono text-[0.8125rem]">
          {text}
        </code>
        <CopyButton text={text} what={what} />
      </dd>
    </div>
  )
}
