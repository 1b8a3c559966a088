import { CHANGED_KIND_LABELS, CHANGED_KINDS, type Change, NOTHING_CHANGED } from '#lib/domain/changes.ts'

const WORDS: Record<Change['change'], { word: string; look: string }> = {
  removed: { word: 'Removed', look: 'bg-red-wash text-red' },
  signature: { word: 'Signature', look: 'bg-amber-wash text-amber' },
  default: { word: 'Default', look: 'bg-amber-wash text-amber' },
  added: { word: 'Added', look: 'bg-green-wash text-green' },
  moved: { word: 'Moved', look: 'bg-sunken text-ink-soft' },
}

/** Changes by what they are about; what breaks callers first. */
export function ChangeList({ changes, total }: { changes: Change[]; total: number }) {
  if (total === 0) return <p>{NOTHING_CHANGED}</p>
  const kinds = CHANGED_KINDS.filter((kind) => changes.some((change) => change.kind === kind))
  return (
    <>
      {kinds.map((kind) => (
        <section key={kind} aria-labelledby={`changed-${kind}`} className="mb-8">
          <h2 id={`changed-${kind}`} className="mb-2 font-semibold text-[0.9375rem]">
            {CHANGED_KIND_LABELS[kind]}
          </h2>
          <ul className="border-line border-t">
            {changes
              .filter((change) => change.kind === kind)
              .map((change) => (
                <li key={`${change.change} ${change.path} ${change.name}`} className="border-line border-b px-2 py-2.5">
                  <ChangeLine change={change} />
                </li>
              ))}
          </ul>
        </section>
      ))}
      {total > changes.length && <p className="text-ink-soft">and {total - changes.length} more</p>}
    </>
  )
}

function ChangeLine({ change }: { change: Change }) {
  const { word, look } = WORDS[change.change]
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className={`rounded px-1.5 py-0.5 text-xs ${look}`}>{word}</span>
        <code className="min-w-0 break-all font-medium font-mono text-[0.8125rem]">{change.name}</code>
        <span className="min-w-0 break-all font-mono text-ink-faint text-xs">{change.path}</span>
      </p>
      {change.before !== null && <Value sign="−" word="before" text={change.before} />}
      {change.after !== null && <Value sign="+" word="after" text={change.after} />}
    </>
  )
}

function Value({ sign, word, text }: { sign: string; word: string; text: string }) {
  return (
    <p className="mt-1 flex gap-2 font-mono text-ink-soft text-xs">
      <span aria-hidden="true">{sign}</span>
      <span className="sr-only">{word}: </span>
      <span className="min-w-0 whitespace-pre-wrap break-all">{text}</span>
    </p>
  )
}
