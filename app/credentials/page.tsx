import type { Metadata } from 'next'
import { Dashboard } from '#app/_components/ui/dashboard.tsx'
import { loadDashboard, pathWith, type SearchParams } from '#app/_server/load-dashboard.ts'
import { CREDENTIALS_HREF } from '#lib/domain/deep-link.ts'

export const metadata: Metadata = { title: 'Private repositories · docsfy' }

export default async function CredentialsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { path } = pathWith(CREDENTIALS_HREF, await searchParams)
  return <Dashboard {...(await loadDashboard(path))} address={path} />
}
