'use client'

import { Plus } from 'lucide-react'
import { Button } from '#app/_components/ui/button.tsx'
import { useDashboard } from '#app/_state/dashboard-context.tsx'

const STEPS = [
  ['Point at a repository', 'Any Git repository: a public address, or one this server can reach.'],
  ['Watch it being read', 'Each stage, each page, as it happens. Close the window if you like: the work goes on.'],
  ['Read what is proven', 'Every page cites the lines it speaks of, at the commit it was written from.'],
] as const

/** The first thing a newcomer sees: what this is for and where to begin. */
export default function EmptyState() {
  const { viewer, ask } = useDashboard()
  if (viewer.role === 'viewer') return <NothingShared />
  return (
    <div className="mx-auto max-w-2xl px-4 py-12 md:px-8 md:py-20">
      <h1 className="text-balance font-semibold text-2xl tracking-tight">No documentation yet</h1>
      <p className="mt-2 max-w-prose text-ink-soft">
        docsfy reads the code of a repository and writes a documentation site about it. The built-in writer needs no AI,
        costs nothing and takes about a minute.
      </p>
      <ol className="my-8 border-line border-t">
        {STEPS.map(([title, text], index) => (
          <li key={title} className="flex gap-4 border-line border-b py-4">
            <span aria-hidden="true" className="w-5 font-mono text-accent">
              {index + 1}
            </span>
            <span>
              <span className="font-medium">{title}</span>
              <span className="block text-ink-soft">{text}</span>
            </span>
          </li>
        ))}
      </ol>
      <Button kind="primary" onClick={() => ask({ kind: 'generate' })}>
        <Plus aria-hidden="true" />
        Document a first repository
      </Button>
    </div>
  )
}

function NothingShared() {
  return (
    <div className="mx-auto max-w-xl px-4 py-16 md:px-8">
      <h1 className="font-semibold text-xl tracking-tight">Nothing is shared with you yet</h1>
      <p className="mt-2 text-ink-soft">
        You read what others give you access to. Ask an administrator to share a project with you: it appears here at
        once.
      </p>
    </div>
  )
}
