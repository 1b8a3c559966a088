import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Dashboard } from '#app/_components/ui/dashboard.tsx'
import { loadDashboard } from '#app/_server/load-dashboard.ts'
import { ADMIN_SCREENS } from '#lib/domain/deep-link.ts'

export const metadata: Metadata = { title: 'Administration · docsfy' }

export default async function AdminPage({ params }: { params: Promise<{ screen: string }> }) {
  const { screen } = await params
  const known = ADMIN_SCREENS.some((name) => name === screen)
  const { viewer, initial } = await loadDashboard(known ? `/admin/${screen}` : '/')
  if (!known || !viewer.is_admin) notFound()
  return <Dashboard viewer={viewer} initial={initial} />
}
