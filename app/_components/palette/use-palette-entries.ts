import { useMemo } from 'react'
import { COMMAND_GROUPS } from '#app/_components/palette/commands.ts'
import { useCommands } from '#app/_components/palette/use-commands.ts'
import { hasWords } from '#app/_components/tree/filter-rows.ts'
import { THEME_LABELS, THEMES } from '#app/_components/ui/themes.ts'
import { useLogout } from '#app/_hooks/use-logout.ts'
import { select } from '#app/_hooks/use-place.ts'
import { useShape } from '#app/_hooks/use-shape.ts'
import { applyTheme } from '#app/_hooks/use-theme.ts'
import { goTo } from '#app/_state/address.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { projectHref } from '#lib/domain/deep-link.ts'
import type { Status } from '#lib/domain/stages.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'
import { variantKeyOf } from '#lib/domain/variant-list.ts'

export interface PaletteEntry {
  id: string
  label: string
  /** What tells it from others of the same label. */
  detail?: string
  status?: Status
  keyName?: string
  run: () => void
}

const MOST_VARIANTS = 20
const MOST_PROJECTS = 6

/** What the palette offers for a text: what to do here, then where to go. Every word must occur. */
export function usePaletteEntries(text: string): { title: string; entries: PaletteEntry[] }[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const { viewer } = useDashboard()
  const rows = useShape()
  const commands = useCommands()
  const other = useOtherEntries()
  const newest = useMemo(() => rows.toSorted((a, b) => b.updated_at.localeCompare(a.updated_at)), [rows])
  const found = newest.filter((row) => hasWords(row, words))
  const groups = [
    ...COMMAND_GROUPS.map((title) => ({
      title: title as string,
      entries: commands
        .filter((command) => command.group === title)
        .map(({ id, label, key, run }): PaletteEntry => ({ id, label, keyName: key, run })),
    })),
    { title: 'Appearance and account', entries: other },
  ].map(({ title, entries }) => ({ title, entries: entries.filter(({ label }) => matches(label, words)) }))
  const places = [
    { title: 'Variants', entries: found.slice(0, MOST_VARIANTS).map((row) => variantEntry(row, viewer.is_admin)) },
    { title: 'Projects', entries: words.length > 0 ? projectEntries(found, viewer.is_admin) : [] },
  ]
  return [...(words.length > 0 ? [...places, ...groups] : [...groups, ...places])].filter(
    ({ entries }) => entries.length > 0,
  )
}

function matches(label: string, words: string[]): boolean {
  return words.every((word) => label.toLowerCase().includes(word))
}

function useOtherEntries(): PaletteEntry[] {
  const logout = useLogout()
  return [
    ...THEMES.map((theme) => ({
      id: `theme ${theme}`,
      label: `Appearance: ${THEME_LABELS[theme].toLowerCase()}`,
      run: () => applyTheme(theme),
    })),
    { id: 'logout', label: 'Log out', run: () => void logout() },
  ]
}

function projectEntries(rows: VariantRow[], showOwner: boolean): PaletteEntry[] {
  const projects = new Map(rows.map((row) => [`${row.owner}/${row.name}`, row]))
  return [...projects].slice(0, MOST_PROJECTS).map(([id, row]) => ({
    id: `project ${id}`,
    label: showOwner ? id : row.name,
    run: () => goTo(projectHref(row)),
  }))
}

function variantEntry(row: VariantRow, showOwner: boolean): PaletteEntry {
  return {
    id: `variant ${variantKeyOf(row)}`,
    label: showOwner ? `${row.owner}/${row.name}` : row.name,
    detail: `@${row.branch} ${row.ai_provider}/${row.ai_model}`,
    status: row.status,
    run: () => select(identityOf(row)),
  }
}
