import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Dashboard } from '#app/_components/ui/dashboard.tsx'
import { loadDashboard, pathWith, type SearchParams } from '#app/_server/load-dashboard.ts'
import { linkedProject, parsePlace } from '#lib/domain/deep-link.ts'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<SearchParams>
}

export const metadata: Metadata = { title: 'Project · docsfy' }

export default async function ProjectPage({ params, searchParams }: Props) {
  const { path, query, pathname } = pathWith(`/p/${(await params).name}`, await searchParams)
  const { viewer, initial } = await loadDashboard(path)
  const place = parsePlace(pathname, query)
  if (place?.kind !== 'project' || linkedProject(initial.projects, place, viewer.username).length === 0) notFound()
  return <Dashboard viewer={viewer} initial={initial} address={path} />
}
