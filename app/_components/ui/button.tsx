import type { ButtonHTMLAttributes } from 'react'

export type ButtonKind = 'primary' | 'plain' | 'danger' | 'destroy'

const LOOKS: Record<ButtonKind, string> = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-strong',
  plain: 'border-line bg-surface text-ink hover:border-line-strong',
  danger: 'border-line bg-surface text-red hover:border-red hover:bg-red-wash',
  destroy: 'border-transparent bg-red text-on-accent hover:opacity-90',
}

/** Class names of a button, also for links that look like one. */
export function buttonLook(kind: ButtonKind = 'plain'): string {
  return `inline-flex h-9 shrink-0 items-center justify-center gap-2 whitespace-nowrap rounded-md border px-3 font-medium text-[0.8125rem] transition-colors disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0 ${LOOKS[kind]}`
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: ButtonKind
}

export function Button({ kind = 'plain', className = '', ...rest }: ButtonProps) {
  return <button type="button" className={`${buttonLook(kind)} ${className}`} {...rest} />
}
