/** `system` follows the device. */
export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export const THEME_LABELS: Record<Theme, string> = { system: 'As the device', light: 'Light', dark: 'Dark' }

/** A cookie rather than local storage, so that the server renders the right one at once and nothing flashes. */
export const THEME_COOKIE = 'docsfy_theme'

/** Anything unknown follows the device. */
export function readTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system'
}
