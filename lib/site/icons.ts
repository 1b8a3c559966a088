import { trusted } from '#lib/site/html.ts'

const icon = (path: string) =>
  trusted(
    `<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round">${path}</svg>`,
  )

export const MENU_ICON = icon('<path d="M2 4h12M2 8h12M2 12h8"/>')
export const CONTENTS_ICON = icon('<path d="M6 4h8M6 8h8M6 12h8M2 4h.5M2 8h.5M2 12h.5"/>')
export const SEARCH_ICON = icon('<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3.5 3.5"/>')
export const THEME_ICON = icon(
  '<circle cx="8" cy="8" r="5.5"/><path d="M8 2.5v11a5.5 5.5 0 0 0 0-11Z" fill="currentColor"/>',
)
