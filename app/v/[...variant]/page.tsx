import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Dashboard } from '#app/_components/ui/dashboard.tsx'
import { loadDashboard } from '#app/_server/load-dashboard.ts'
import { linkedRow, parseVariantPath } from '#lib/domain/deep-link.ts'

interface Props {
  params: Promise<{ variant: string[] }>
  searchParams: Promise<{ owner?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const link = parseVariantPath(pathOf(await params), null)
  return { title: link ? `${link.name} @${link.branch} · docsfy` : 'docsfy' }
}

export default async function VariantPage({ params, searchParams }: Props) {
  const path = pathOf(await params)
  const { owner } = await searchParams
  const named = typeof owner === 'string' ? owner : null
  const { viewer, initial } = await loadDashboard(named ? `${path}?owner=${encodeURIComponent(named)}` : path)
  const link = parseVariantPath(path, named)
  if (!link || !linkedRow(initial.projects, link, viewer.username)) notFound()
  return <Dashboard viewer={viewer} initial={initial} />
}

function pathOf({ variant }: { variant: string[] }): string {
  return `/v/${variant.join('/')}`
}
