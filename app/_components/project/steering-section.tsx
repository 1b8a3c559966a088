'use client'

import dynamic from 'next/dynamic'
import { useCallback, useState } from 'react'
import { Button } from '#app/_components/ui/button.tsx'
import { Problem } from '#app/_components/ui/problem.tsx'
import { TimeAgo } from '#app/_components/ui/time-ago.tsx'
import { useLoaded } from '#app/_hooks/use-loaded.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import type { Steering } from '#lib/domain/steering.ts'

const SteeringDialog = dynamic(() => import('#app/_components/project/steering-dialog.tsx'))

interface Props {
  owner: string
  name: string
}

/** What the owner asks of the documentation; for those who may change the project. */
export default function SteeringSection({ owner, name }: Props) {
  const { api } = useDashboard()
  const ask = useCallback(() => api.steering({ owner, name }), [api, owner, name])
  const { answer, problem, reload } = useLoaded(ask)
  const [isOpen, setOpen] = useState(false)
  if (answer === null) return <Problem text={problem} />
  const { steering, updated_by: by, updated_at: at } = answer
  const wishes = wishesIn(steering)
  return (
    <section aria-labelledby="steering-heading" className="mt-8">
      <h2 id="steering-heading" className="font-semibold text-[0.9375rem]">
        What you ask of the documentation
      </h2>
      <p className="mt-1 max-w-prose text-ink-soft">
        For whom, in which words and language, with which pages, about which paths. Each wish wins over the same one in{' '}
        <code>docsfy.yml</code> of the repository.
      </p>
      {wishes.length > 0 && (
        <dl className="mt-3 grid max-w-prose grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          {wishes.map(({ label, text }) => (
            <div key={label} className="contents">
              <dt className="text-ink-faint">{label}</dt>
              <dd className="min-w-0 break-words">{text}</dd>
            </div>
          ))}
        </dl>
      )}
      {at && (
        <p className="mt-2 text-ink-faint text-xs">
          Set <TimeAgo iso={at} /> by {by}
        </p>
      )}
      <Problem text={problem} />
      <div className="mt-3">
        <Button onClick={() => setOpen(true)}>{wishes.length > 0 ? 'Change wishes' : 'Set wishes'}</Button>
      </div>
      {isOpen && (
        <SteeringDialog project={{ owner, name }} steering={steering} onSaved={reload} onClose={() => setOpen(false)} />
      )}
    </section>
  )
}

function wishesIn({ audience, tone, language, terms, pages, paths }: Steering): { label: string; text: string }[] {
  const wishes = [
    { label: 'Audience', text: audience },
    { label: 'Tone', text: tone },
    { label: 'Language', text: language },
    { label: 'Terms', text: terms?.map(({ use }) => use).join(', ') },
    { label: 'Pages', text: pages?.map(({ title }) => title).join(', ') },
    { label: 'Only paths', text: paths?.include.join(', ') },
    { label: 'Not paths', text: paths?.exclude.join(', ') },
  ]
  return wishes.flatMap(({ label, text }) => (text ? [{ label, text }] : []))
}
