'use client'

import type { ReactNode } from 'react'
import { CopyButton } from '#app/_components/ui/copy-button.tsx'
import { TimeAgo } from '#app/_components/ui/time-ago.tsx'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { costText } from '#lib/domain/cost-text.ts'
import { formatDuration } from '#lib/domain/format-time.ts'
import type { VariantRow } from '#lib/domain/variant.ts'

/** What there is to know about a variant, one fact a line. Facts that do not exist yet are left out. */
export function InfoGrid({ row }: { row: VariantRow }) {
  const { viewer } = useDashboard()
  return (
    <section aria-label="Details">
      <dl className="grid grid-cols-1 gap-x-6 rounded-lg border border-line bg-surface px-4 py-1 sm:grid-cols-2 xl:grid-cols-1 [&>div]:border-line [&>div]:border-b [&>div:last-child]:border-b-0">
        <Fact name="Repository">
          <RepositoryLink url={row.repo_url} />
        </Fact>
        <Fact name="Provider / model">
          <code className="break-all">
            {row.ai_provider}/{row.ai_model}
          </code>
        </Fact>
        <Fact name="Branch">
          <code className="break-all">{row.branch}</code>
        </Fact>
        {row.repo_type && <Fact name="Repository type">{row.repo_type}</Fact>}
        <Fact name="Pages">
          <span className="tabular-nums">{pagesText(row)}</span>
        </Fact>
        {row.last_commit_sha && (
          <Fact name="Commit">
            <code title={row.last_commit_sha}>{row.last_commit_sha.slice(0, 12)}</code>
            <CopyButton text={row.last_commit_sha} what="commit" />
          </Fact>
        )}
        {viewer.is_admin && <Fact name="Owner">{row.owner}</Fact>}
        {row.last_generated && (
          <Fact name="Last generated">
            <TimeAgo iso={row.last_generated} />
          </Fact>
        )}
        {row.generation_duration !== null && (
          <Fact name="Duration">{formatDuration(row.generation_duration * 1_000)}</Fact>
        )}
        {row.total_cost_usd !== null && (
          <Fact name="Cost">
            <span>{hasCost(row) ? costText({ ...row, cost_usd: row.total_cost_usd }) : 'none'}</span>
          </Fact>
        )}
        <Fact name="Generation ID">
          <code title={row.generation_id} className="truncate">
            {row.generation_id}
          </code>
          <CopyButton text={row.generation_id} what="generation id" />
        </Fact>
      </dl>
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="py-2">
      <dt className="text-ink-faint text-xs">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1.5 [&_code]:font-mono [&_code]:text-[0.8125rem]">{children}</dd>
    </div>
  )
}

/** A link only where a browser can follow it: never for local paths and ssh. */
function RepositoryLink({ url }: { url: string }) {
  if (!/^https?:\/\//i.test(url)) return <span className="break-all">{url}</span>
  return (
    <a href={url} rel="noreferrer" className="break-all text-accent underline underline-offset-2">
      {url.replace(/^https?:\/\//i, '').replace(/\.git$/, '')}
    </a>
  )
}

function pagesText(row: VariantRow): string {
  const unfinished = row.total_pages !== null && row.page_count !== row.total_pages
  return unfinished ? `${row.page_count} of ${row.total_pages}` : String(row.page_count)
}

function hasCost({ total_cost_usd, unpriced_calls }: VariantRow): boolean {
  return total_cost_usd !== 0 || unpriced_calls > 0
}
