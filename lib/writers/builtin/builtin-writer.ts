import { BUILTIN_MODEL } from '#lib/domain/providers.ts'
import type { ArrangeRequest, PageRequest, PlanRequest, WriteRequest, Writer } from '#lib/domain/writer.ts'
import { throwIfAborted } from '#lib/errors.ts'
import { pageManifest } from '#lib/writers/page-manifest.ts'
import { wishedPlan } from '#lib/writers/plan/wished-plan.ts'
import { draftOnce, draftPage } from './composers.ts'
import { planFor } from './plan.ts'

/** Part of every fingerprint: raise it when the text of any page changes for the same facts. */
const WRITER_VERSION = 27
const VERSION = `builtin ${WRITER_VERSION}`

/** Writes from facts alone: no model, no cost, the same text on every run. */
export const builtinWriter = {
  provider: 'builtin',
  model: BUILTIN_MODEL,
  version: VERSION,

  async plan(request: PlanRequest) {
    return planFor(request)
  },

  async arrange({ plan, facts, steering }: Pick<ArrangeRequest, 'plan' | 'facts' | 'steering'>) {
    return {
      ...wishedPlan(plan, { steering, facts, mayAdd: false }),
      kept: null,
      isStandIn: false,
      estimate: { inputTokens: 0, outputTokens: 0, costUsd: 0 },
    }
  },

  manifest({ facts, plan, page }: PageRequest) {
    return pageManifest({ writer: VERSION, kind: page.kind, selected: draftOnce(facts, page, plan).selected })
  },

  estimate() {
    return { inputTokens: 0, outputTokens: 0, costUsd: 0 }
  },

  async write({ facts, plan, page, signal }: Omit<WriteRequest, 'evidence' | 'spent'>) {
    throwIfAborted(signal)
    return { markdown: draftPage(facts, page, plan).markdown(), standIn: null }
  },
} satisfies Writer
