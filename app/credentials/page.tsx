import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { CredentialsPanel } from '#app/_components/credentials/credentials-panel.tsx'
import { signedIn } from '#app/_server/load-dashboard.ts'

export const metadata: Metadata = { title: 'Private repositories · docsfy' }

export default async function CredentialsPage() {
  const account = await signedIn()
  if (!account) redirect('/login?next=%2Fcredentials')
  return (
    <main className="mx-auto max-w-3xl px-4 py-8">
      <Link href="/" className="text-accent text-sm hover:underline">
        Back to the dashboard
      </Link>
      <h1 className="mt-4 mb-2 font-semibold text-xl tracking-tight">Private repositories</h1>
      <CredentialsPanel mayGenerate={account.role !== 'viewer'} />
    </main>
  )
}
