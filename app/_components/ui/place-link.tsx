'use client'

import type { AnchorHTMLAttributes, MouseEvent } from 'react'
import { goTo } from '#app/_state/address.ts'

interface Props extends AnchorHTMLAttributes<HTMLAnchorElement> {
  href: string
  onFollowed?: () => void
}

/** A link to another place of the dashboard: followed without a page load, opened in a new tab like any link. */
export function PlaceLink({ href, onFollowed, ...rest }: Props) {
  function follow(event: MouseEvent) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return
    event.preventDefault()
    goTo(href)
    onFollowed?.()
  }

  return <a href={href} onClick={follow} {...rest} />
}
