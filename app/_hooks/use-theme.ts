import { useState } from 'react'
import { readTheme, THEME_COOKIE, type Theme } from '#app/_components/ui/themes.ts'

/** The theme of this browser, kept for a year. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() =>
    readTheme(typeof document === 'undefined' ? undefined : document.documentElement.dataset.theme),
  )

  function choose(next: Theme) {
    applyTheme(next)
    setTheme(next)
  }

  return [theme, choose]
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers we support
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=31536000; samesite=lax`
}
