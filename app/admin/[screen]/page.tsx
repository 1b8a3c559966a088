import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Dashboard } from '#app/_components/ui/dashboard.tsx'
import { loadDashboard, pathWith, type SearchParams } from '#app/_server/load-dashboard.ts'
import { ADMIN_SCREENS } from '#lib/domain/deep-link.ts'

export const metadata: Metadata = { title: 'Administration · docsfy' }

interface Props {
  params: Promise<{ screen: string }>
  searchParams: Promise<SearchParams>
}

export default async function AdminPage({ params, searchParams }: Props) {
  const { screen } = await params
  const known = ADMIN_SCREENS.some((name) => name === screen)
  const { path } = pathWith(`/admin/${screen}`, await searchParams)
  const { viewer, initial } = await loadDashboard(known ? path : '/')
  if (!known || !viewer.is_admin) notFound()
  return <Dashboard viewer={viewer} initial={initial} address={path} />
}
