import { Dashboard } from '#app/_components/ui/dashboard.tsx'
import { loadDashboard, pathWith, type SearchParams } from '#app/_server/load-dashboard.ts'

export default async function HomePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { path } = pathWith('/', await searchParams)
  return <Dashboard {...(await loadDashboard(path))} address={path} />
}
