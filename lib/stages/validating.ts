import { join } from 'node:path'
import { breather } from '#lib/breather.ts'
import type { Job, Planned, Tools } from '#lib/domain/job.ts'
import type { PageCheck, WrittenPage } from '#lib/domain/page.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { throwIfAborted } from '#lib/errors.ts'
import { correctClaims } from '#lib/links/correct-claims.ts'
import { type Correct, repairPage } from '#lib/links/repair-page.ts'
import { log } from '#lib/log.ts'
import { CheckMemory, type StoredChecks } from '#lib/score/check-memory.ts'
import { checkPages } from '#lib/score/check-pages.ts'
import { codeVersion, readMemory, writeMemory } from '#lib/update/memory-file.ts'

export interface Checked {
  pages: WrittenPage[]
  checks: PageCheck[]
}

export interface Pages {
  planned: Planned
  pages: WrittenPage[]
  snapshot: Snapshot
}

/**
 * Checks every claim of every page against the commit. What a rule can mend is mended, such as a path that was renamed. A
 * link that leads nowhere is taken out, everything else that does not hold is marked.
 */
export async function validate(job: Job, tools: Tools, { planned, pages, snapshot }: Pages): Promise<Checked> {
  const { signal } = tools
  const file = join(job.variantDir, 'checked.json')
  const version = codeVersion([join(import.meta.dirname, '..', 'score')])
  const memory = new CheckMemory(await readMemory<StoredChecks>(file, version))
  const checks = await checkPages({ pages, snapshot, signal, memory, pause: breather(signal) })
  const found = new Map(checks.map((check) => [check.slug, check]))
  throwIfAborted(signal)
  let rules: Correct | null = null
  // Made when there is something to mend, which few runs have.
  const correct: Correct = (...claim) => {
    rules ??= correctClaims(planned.facts, planned.plan)
    return rules(...claim)
  }
  const done = pages.flatMap((page) => {
    const check = found.get(page.slug)
    return check ? [repaired(page, { check, correct })] : []
  })
  for (const { check } of done) warn(tools, check)
  const oids = new Set(snapshot.entries.map(({ oid }) => oid))
  const stored = memory.toStored((oid) => oids.has(oid))
  await writeMemory(file, version, stored).catch((error) =>
    log.warn('what the check of the pages found could not be remembered', { runId: job.runId, error }),
  )
  return { pages: done.map(({ page }) => page), checks: done.map(({ check }) => check) }
}

interface Found {
  check: PageCheck
  correct: Correct
}

function repaired(page: WrittenPage, { check, correct }: Found): { page: WrittenPage; check: PageCheck } {
  if (check.misses.length === 0) return { page, check: { ...check, repairs: [] } }
  const { markdown, repairs, left } = repairPage(page.markdown, check.misses, correct)
  const counts = { ...check.counts }
  for (const miss of check.misses) {
    const kind = counts[miss.kind]
    if (!left.includes(miss)) counts[miss.kind] = { ...kind, ok: kind.ok + 1 }
  }
  return { page: { ...page, markdown }, check: { ...check, counts, misses: left, repairs } }
}

function warn(tools: Tools, { slug, misses }: PageCheck): void {
  const [first, ...others] = misses
  if (!first) return
  const more = others.length > 0 ? ` and ${others.length} more` : ''
  const message = `${slug}.md:${first.line} ${first.claim}: ${first.found}${more}`
  tools.progress({ kind: 'warning', message, stage: 'validating' })
}
