import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { LoginForm } from '#app/_components/ui/login-form.tsx'
import { signedIn } from '#app/_server/load-dashboard.ts'
import { safeReturnPath } from '#lib/domain/deep-link.ts'

export const metadata: Metadata = { title: 'Sign in · docsfy' }

interface Props {
  searchParams: Promise<{ next?: string | string[] }>
}

export default async function LoginPage({ searchParams }: Props) {
  const { next } = await searchParams
  const returnPath = safeReturnPath(typeof next === 'string' ? next : null)
  if (await signedIn()) redirect(returnPath)
  return <LoginForm returnPath={returnPath} />
}
