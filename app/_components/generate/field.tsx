import { type ReactNode, useId } from 'react'

/** Below 16 px a phone magnifies the whole page when a field is touched. */
export const INPUT_LOOK =
  'h-9 w-full rounded-md border border-line-strong bg-surface px-2.5 text-[0.875rem] pointer-coarse:text-base text-ink placeholder:text-ink-faint aria-invalid:border-red disabled:bg-sunken'

export interface FieldIds {
  id: string
  'aria-describedby': string
  'aria-invalid': boolean
}

interface Props {
  label: string
  /** What is wrong, or null. */
  problem?: string | null
  hint?: ReactNode
  children: (ids: FieldIds) => ReactNode
}

/** A labelled input with its hint or, instead, with what is wrong. */
export function Field({ label, problem = null, hint, children }: Props) {
  const id = useId()
  const noteId = `${id}-note`
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium text-[0.8125rem]">
        {label}
      </label>
      {children({ id, 'aria-describedby': noteId, 'aria-invalid': problem !== null })}
      <p
        id={noteId}
        aria-live="polite"
        className={`mt-1 text-xs empty:mt-0 ${problem ? 'text-red' : 'text-ink-faint'}`}
      >
        {problem ?? hint}
      </p>
    </div>
  )
}
