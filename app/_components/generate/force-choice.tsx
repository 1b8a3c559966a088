import { useId } from 'react'

interface Props {
  checked: boolean
  onChange: (checked: boolean) => void
}

/** Force, explained where it is chosen. */
export function ForceChoice({ checked, onChange }: Props) {
  const id = useId()
  return (
    <div className="flex gap-2.5">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        aria-describedby={`${id}-note`}
        className="mt-0.5 size-4.5 shrink-0 accent-accent"
      />
      <div>
        <label htmlFor={id} className="font-medium text-[0.8125rem]">
          Force
        </label>
        <p id={`${id}-note`} className="text-ink-faint text-xs">
          {checked
            ? 'Plans anew and writes every page again, starting at 0.'
            : 'Keeps pages that still fit the code. If the branch has no new commit, there is nothing to do.'}
        </p>
      </div>
    </div>
  )
}
