import { useEffect } from 'react'

/** Names the page in the browser's tab while the component is shown. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · docsfy`
    return () => {
      document.title = 'docsfy'
    }
  }, [title])
}
