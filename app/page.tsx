import { Dashboard } from '#app/_components/ui/dashboard.tsx'
import { loadDashboard } from '#app/_server/load-dashboard.ts'

export default async function HomePage() {
  const { viewer, initial } = await loadDashboard('/')
  return <Dashboard viewer={viewer} initial={initial} />
}
