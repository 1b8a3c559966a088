import { useMemo } from 'react'
import { selectNothing } from '#app/_hooks/use-place.ts'
import { addressHere, goTo } from '#app/_state/address.ts'
import { type DashboardTools, useDashboard } from '#app/_state/dashboard-context.tsx'
import { showToast } from '#app/_state/toasts.ts'
import { RESUMED } from '#app/_state/variant-store.ts'
import { detailOf } from '#lib/api-client.ts'
import { ABORTED_MESSAGE } from '#lib/domain/stages.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'
import { patchRow, variantKeyOf } from '#lib/domain/variant-list.ts'

export type VariantActions = ReturnType<typeof createActions>

/** What changes a variant. Each shows its result at once and takes it back when the server refuses. */
export function useVariantActions(): VariantActions {
  const tools = useDashboard()
  return useMemo(() => createActions(tools), [tools])
}

function createActions({ api, variants, refetch }: DashboardTools) {
  function takeOut(gone: (row: VariantRow) => boolean): void {
    variants.update((rows) => rows.filter((row) => !gone(row)))
  }

  return {
    async abort(row: VariantRow): Promise<void> {
      const key = variantKeyOf(row)
      await takingBack(`${title(row)} was not aborted`, () =>
        variants.wish(key, 'abort', async () => {
          await api.abort(identityOf(row))
          const fields = { status: 'aborted', error_message: ABORTED_MESSAGE, current_stage: null } as const
          variants.update((rows) =>
            rows.map((other) => (variantKeyOf(other) === key ? patchRow(other, fields) : other)),
          )
        }),
      )
      refetch()
    },

    /** Goes on from the pages that are written. */
    async resume(row: VariantRow): Promise<void> {
      const key = variantKeyOf(row)
      await takingBack(`${title(row)} was not resumed`, () =>
        variants.wish(key, 'resume', async () => {
          await api.resume(identityOf(row))
          variants.update((rows) =>
            rows.map((other) => (variantKeyOf(other) === key ? patchRow(other, RESUMED) : other)),
          )
        }),
      )
      refetch()
    },

    async remove(row: VariantRow): Promise<void> {
      const key = variantKeyOf(row)
      const here = addressHere()
      selectNothing()
      const done = await takingBack(`${title(row)} was not deleted`, () =>
        variants.wish(key, 'delete', async () => {
          await api.remove(identityOf(row))
          takeOut((other) => variantKeyOf(other) === key)
        }),
      )
      if (done) showToast('success', `Deleted ${title(row)}`)
      else goTo(here)
      refetch()
    },

    /** Deletes every variant of a project. */
    async removeProject(rows: readonly VariantRow[]): Promise<void> {
      const [first] = rows
      if (!first) return
      const project = { name: first.name, owner: first.owner }
      selectNothing()
      const done = await takingBack(`${first.name} was not deleted`, async () => {
        await api.removeProject(project)
        takeOut((row) => row.name === project.name && row.owner === project.owner)
      })
      if (done) showToast('success', `Deleted ${first.name} with all its variants`)
      refetch()
    },
  }
}

/** True when it worked; otherwise says what did not happen and why. */
async function takingBack(failure: string, work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    showToast('error', `${failure}: ${detailOf(error)}`)
    return false
  }
}

function title(row: VariantRow): string {
  return `${row.name} @${row.branch}, ${row.ai_provider}/${row.ai_model}`
}
