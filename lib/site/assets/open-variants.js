import { loadOwn } from './load-script.js'

/** Whether the page comes from a docsfy server, which alone knows other variants; other hosts are not asked. */
function isServed() {
  const [visit] = performance.getEntriesByType('navigation')
  return visit?.serverTiming?.some(({ name }) => name === 'docsfy') ?? false
}

// Without it the commit stays where it is, as text.
if (document.querySelector('.stamp') && isServed()) loadOwn('variants.js').catch(() => {})
