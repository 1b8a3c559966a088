import { createHash } from 'node:crypto'
import { BUILTIN_MODEL } from '#lib/domain/providers.ts'
import type { Writer } from '#lib/domain/writer.ts'
import { throwIfAborted } from '#lib/errors.ts'
import { draftPage } from './composers.ts'
import { planFor } from './plan.ts'

/** Part of every fingerprint: raise it when the text of any page changes for the same facts. */
const WRITER_VERSION = 15

/** Writes from facts alone: no model, no cost, the same text on every run. */
export const builtinWriter: Writer = {
  provider: 'builtin',
  model: BUILTIN_MODEL,

  async plan(request) {
    return planFor(request)
  },

  fingerprint({ facts, plan, page }) {
    return createHash('sha256')
      .update(`${WRITER_VERSION}\n${page.kind}\n`)
      .update(draftPage(facts, page, plan).selected())
      .digest('hex')
  },

  async write({ facts, plan, page, signal }) {
    throwIfAborted(signal)
    return draftPage(facts, page, plan).markdown()
  },
}
