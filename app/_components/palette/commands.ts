import { mayChange } from '#app/_components/detail/may-change.ts'
import { goTo } from '#app/_state/address.ts'
import type { DialogRequest } from '#app/_state/dialog-request.ts'
import { showToast } from '#app/_state/toasts.ts'
import { downloadUrl } from '#lib/api-client.ts'
import {
  ADMIN_SCREENS,
  type AdminScreen,
  adminHref,
  CREDENTIALS_HREF,
  docsHref,
  projectHref,
  variantHref,
} from '#lib/domain/deep-link.ts'
import type { MeResponse } from '#lib/domain/responses.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'

export const COMMAND_GROUPS = ['This documentation set', 'Everywhere', 'Administration'] as const

export interface Command {
  id: string
  group: (typeof COMMAND_GROUPS)[number]
  label: string
  /** A single key that does the same, as `event.key`. */
  key?: string
  run: () => void
}

export interface CommandContext {
  viewer: MeResponse
  /** The variant that is shown, or null. */
  row: VariantRow | null
  ask: (dialog: DialogRequest) => void
  resume: (row: VariantRow) => void
}

const ADMIN_COMMANDS: Record<AdminScreen, string> = {
  users: 'Users: create, rotate keys, delete',
  access: 'Access: who may read which project',
  queue: 'Queue: what runs and what waits',
  cost: 'Cost: what every account has spent',
  settings: 'Settings of this server',
}

/** Everything that can be done from here by this viewer; palette, shortcuts and their help show the same list. */
export function commandsFor({ viewer, row, ask, resume }: CommandContext): Command[] {
  return [
    ...(row ? variantCommands(row, { viewer, ask, resume }) : []),
    ...everywhere({ viewer, ask }),
    ...(viewer.is_admin ? ADMIN_SCREENS.map(adminCommand) : []),
  ]
}

function adminCommand(screen: AdminScreen): Command {
  return { id: screen, group: 'Administration', label: ADMIN_COMMANDS[screen], run: () => goTo(adminHref(screen)) }
}

type Asking = Omit<CommandContext, 'row'>

function everywhere({ viewer, ask }: Pick<Asking, 'viewer' | 'ask'>): Command[] {
  const group = 'Everywhere'
  const start: Command = { id: 'new', group, label: 'New generation', key: 'n', run: () => ask({ kind: 'generate' }) }
  const tokens: Command = {
    id: 'credentials',
    group,
    label: 'Private repositories: tokens',
    run: () => goTo(CREDENTIALS_HREF),
  }
  return [
    ...(viewer.role === 'viewer' ? [] : [start]),
    { id: 'overview', group, label: 'Overview', key: 'o', run: () => goTo('/') },
    { id: 'search', group, label: 'Search the list', key: '/', run: () => focusOn('[data-search]') },
    {
      id: 'tree',
      group,
      label: 'Walk the list with the arrow keys',
      key: 't',
      run: () => focusOn('[role="tree"] [tabindex="0"]'),
    },
    ...(viewer.role === 'viewer' ? [] : [tokens]),
    { id: 'shortcuts', group, label: 'Keyboard shortcuts', key: '?', run: () => ask({ kind: 'shortcuts' }) },
  ]
}

function variantCommands(row: VariantRow, { viewer, ask, resume }: Asking): Command[] {
  const group = 'This documentation set'
  const identity = identityOf(row)
  const read: Command[] = [
    {
      id: 'view',
      group,
      label: 'View documentation',
      key: 'v',
      run: () => window.location.assign(docsHref(identity, viewer.username)),
    },
    {
      id: 'download',
      group,
      label: 'Download',
      key: 'd',
      run: () => window.location.assign(downloadUrl(identity)),
    },
    {
      id: 'download-one',
      group,
      label: 'Download as one file',
      run: () => window.location.assign(downloadUrl(identity, 'single-file')),
    },
  ]
  const change: Command[] =
    row.status === 'generating'
      ? [{ id: 'abort', group, label: 'Abort', key: 'a', run: () => ask({ kind: 'abort', row }) }]
      : [
          ...(row.resumable
            ? [{ id: 'resume', group, label: 'Resume', key: 'e', run: () => resume(row) } as const]
            : []),
          { id: 'regenerate', group, label: 'Regenerate', key: 'r', run: () => ask({ kind: 'regenerate', row }) },
          { id: 'delete', group, label: 'Delete', key: 'x', run: () => ask({ kind: 'delete', row }) },
        ]
  return [
    ...(row.status === 'ready' ? read : []),
    ...(mayChange(row.owner, viewer) ? change : []),
    { id: 'project', group, label: `All variants of ${row.name}`, key: 'p', run: () => goTo(projectHref(row)) },
    { id: 'copy', group, label: 'Copy link to this page', key: 'c', run: () => void copyLink(variantHref(identity)) },
  ]
}

async function copyLink(href: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(new URL(href, window.location.href).href)
    showToast('success', 'Link copied')
  } catch {
    showToast('error', 'The browser does not let this page copy: copy the address of this page by hand')
  }
}

function focusOn(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus()
}
