import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Dashboard } from '#app/_components/ui/dashboard.tsx'
import { loadDashboard, pathWith, type SearchParams } from '#app/_server/load-dashboard.ts'
import { linkedRow, parsePlace, parseVariantPath } from '#lib/domain/deep-link.ts'

interface Props {
  params: Promise<{ variant: string[] }>
  searchParams: Promise<SearchParams>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const link = parseVariantPath(pathOf(await params), null)
  return { title: link ? `${link.name} @${link.branch} · docsfy` : 'docsfy' }
}

export default async function VariantPage({ params, searchParams }: Props) {
  const { path, query, pathname } = pathWith(pathOf(await params), await searchParams)
  const { viewer, initial } = await loadDashboard(path)
  const place = parsePlace(pathname, query)
  if (place?.kind !== 'variant' || !linkedRow(initial.projects, place.link, viewer.username)) notFound()
  return <Dashboard viewer={viewer} initial={initial} address={path} />
}

function pathOf({ variant }: { variant: string[] }): string {
  return `/v/${variant.join('/')}`
}
