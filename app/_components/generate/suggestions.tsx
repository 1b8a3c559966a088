const MOST = 6

interface Props {
  label: string
  values: readonly string[]
  onChoose: (value: string) => void
}

/** Values to take over with a click; nothing when there are none. */
export function Suggestions({ label, values, onChoose }: Props) {
  if (values.length === 0) return null
  return (
    <ul aria-label={label} className="mt-1.5 flex flex-wrap gap-1.5">
      {values.slice(0, MOST).map((value) => (
        <li key={value} className="max-w-full">
          <button
            type="button"
            onClick={() => onChoose(value)}
            className="max-w-full truncate rounded-full border border-line px-2 py-0.5 pointer-coarse:py-1.5 font-mono text-ink-soft text-xs hover:border-line-strong hover:text-ink"
          >
            {value}
          </button>
        </li>
      ))}
      {values.length > MOST && <li className="self-center text-ink-faint text-xs">and {values.length - MOST} more</li>}
    </ul>
  )
}
