import type { Metadata } from 'next'
import { Dashboard } from '#app/_components/ui/dashboard.tsx'
import { loadDashboard, pathWith, type SearchParams } from '#app/_server/load-dashboard.ts'
import { COST_HREF } from '#lib/domain/deep-link.ts'

export const metadata: Metadata = { title: 'Cost · docsfy' }

export default async function CostPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { path } = pathWith(COST_HREF, await searchParams)
  return <Dashboard {...(await loadDashboard(path))} address={path} />
}
